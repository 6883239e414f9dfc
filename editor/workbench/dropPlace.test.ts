import { expect, it } from 'vitest';
import { dropPlace } from './dropPlace.ts';

const box = { left: 100, top: 50, width: 400, height: 200 };

it('takes the nearest edge, and the centre where none is near', () => {
  const at = (clientX: number, clientY: number) => dropPlace(box, { clientX, clientY });

  expect([at(110, 150), at(490, 150), at(300, 60), at(300, 245), at(300, 150)]).toEqual([
    'left',
    'right',
    'up',
    'down',
    'centre',
  ]);
  expect(at(490, 248)).toBe('down');
});
