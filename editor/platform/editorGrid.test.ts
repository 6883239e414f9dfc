import { expect, it } from 'vitest';
import {
  areasOf,
  evenGrid,
  type Grid,
  groupsIn,
  holdsExactly,
  moveSash,
  neighbourOf,
  resizeGroup,
  sashesOf,
  splitGrid,
  withoutGroup,
} from './editorGrid.ts';

const alone: Grid = { group: 1 };
/** One at the left, two above each other at the right. */
const three = splitGrid(splitGrid(alone, 1, 'right', 2), 2, 'down', 3);

it('splits to the right and down, each time by halves', () => {
  expect(groupsIn(three)).toEqual([1, 2, 3]);
  expect(Object.fromEntries(areasOf(three))).toEqual({
    1: { left: 0, top: 0, width: 0.5, height: 1 },
    2: { left: 0.5, top: 0, width: 0.5, height: 0.5 },
    3: { left: 0.5, top: 0.5, width: 0.5, height: 0.5 },
  });
});

it('puts what is split to the left or up before the group, in the same row where there is one', () => {
  const row = splitGrid(splitGrid(alone, 1, 'right', 2), 2, 'left', 3);

  expect(row).toEqual({
    direction: 'row',
    children: [
      { share: 0.5, node: { group: 1 } },
      { share: 0.25, node: { group: 3 } },
      { share: 0.25, node: { group: 2 } },
    ],
  });
  expect(groupsIn(splitGrid(alone, 1, 'up', 2))).toEqual([2, 1]);
});

it('gives the room of a group that goes to those beside it', () => {
  expect(withoutGroup(three, 3)).toEqual(splitGrid(alone, 1, 'right', 2));
  expect(withoutGroup(three, 1)).toEqual({
    direction: 'column',
    children: [
      { share: 0.5, node: { group: 2 } },
      { share: 0.5, node: { group: 3 } },
    ],
  });
  expect(withoutGroup(alone, 1)).toBeUndefined();
});

it('finds the group at an edge', () => {
  const walk = (from: number) =>
    (['left', 'right', 'up', 'down'] as const).map((edge) => neighbourOf(three, from, edge));

  expect(walk(1)).toEqual([undefined, 2, undefined, undefined]);
  expect(walk(2)).toEqual([1, undefined, undefined, 3]);
  expect(walk(3)).toEqual([1, undefined, 2, undefined]);
});

it('moves the lines between groups and leaves each the room it needs', () => {
  expect(sashesOf(three).map(({ path, at, direction }) => ({ path, at, direction }))).toEqual([
    { path: [], at: 0, direction: 'row' },
    { path: [1], at: 0, direction: 'column' },
  ]);
  const areas = (grid: Grid) => areasOf(grid);

  expect(areas(moveSash(three, [], 0, 0.3, 0.2)).get(1)?.width).toBeCloseTo(0.3);
  expect(areas(moveSash(three, [], 0, 0.05, 0.2)).get(1)?.width).toBeCloseTo(0.2);
  expect(areas(moveSash(three, [1], 0, 0.9, 0.2)).get(2)?.height).toBeCloseTo(0.8);
  expect(areas(resizeGroup(three, 3, 'column', 0.1)).get(3)?.height).toBeCloseTo(0.6);
  expect(areas(resizeGroup(three, 1, 'row', -0.1)).get(1)?.width).toBeCloseTo(0.4);
  expect(evenGrid(moveSash(three, [], 0, 0.3, 0.1))).toEqual(three);
});

it('trusts a remembered grid only if it holds every group once', () => {
  expect(holdsExactly(three, [1, 2, 3])).toBe(true);
  expect(holdsExactly(three, [1, 2])).toBe(false);
  expect(holdsExactly({ direction: 'row', children: [{ share: 1, node: { group: 1 } }] }, [1])).toBe(false);
  expect(holdsExactly(undefined, [1])).toBe(false);
});
