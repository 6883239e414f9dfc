import { expect, it } from 'vitest';
import { SteadyLayouter } from './steadyRows.ts';

it('components that name no row keep theirs from one change to the next', () => {
  const layouter = new SteadyLayouter({ fire() {} });
  const form = () => ({
    type: 'default',
    id: 'form',
    components: [{ id: 'a' }, { id: 'b', layout: { row: 'Row_b' } }, { id: 'c', layout: {} }],
  });
  const rows = () => {
    layouter.clear();
    layouter.calculateLayout(form());
    return layouter.getRows('form');
  };
  const before = rows();
  expect(before.map(({ components }) => components)).toEqual([['a'], ['b'], ['c']]);
  expect(rows()).toEqual(before);
});
