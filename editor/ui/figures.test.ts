import { expect, it } from 'vitest';
import { counted, money } from './figures.ts';

it('shows what a run cost with as many figures as it needs', () => {
  expect([0, 0.0001, 0.019, 0.25, 2.5].map(money)).toEqual([
    '$0.00',
    '< $0.001',
    '$0.019',
    '$0.250',
    '$2.50',
  ]);
});

it('counts things', () => {
  expect([0, 1, 1200].map((figure) => counted(figure, 'loop'))).toEqual(['0 loops', '1 loop', '1,200 loops']);
});
