import { expect, it } from 'vitest';
import { headingsOf } from './headings.ts';

it('lists headings with their depth, and none of code', () => {
  const text = [
    '# Refunds #',
    '',
    '## When',
    '```sh',
    '# not a heading',
    '```',
    '### Who decides',
    '#no',
  ].join('\n');

  const found = headingsOf(text).map(({ name, depth, place }) => [name, depth, place.line]);

  expect(found).toEqual([
    ['Refunds', 0, 1],
    ['When', 1, 3],
    ['Who decides', 2, 7],
  ]);
});
