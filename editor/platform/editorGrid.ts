/** `row`: side by side; `column`: one below the other. */
export type GridDirection = 'row' | 'column';
export type Edge = 'left' | 'right' | 'up' | 'down';

/** Where groups of editors stand: rows and columns inside each other, a group at every leaf. */
export type Grid = GridLeaf | GridBranch;
export interface GridLeaf {
  group: number;
}
export interface GridBranch {
  direction: GridDirection;
  /** At least two; the shares add up to 1. A branch never holds one of its own direction. */
  children: readonly GridChild[];
}
export interface GridChild {
  share: number;
  node: Grid;
}

/** A rectangle in parts of the whole, 0 to 1. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The line between two children of a branch. */
export interface GridSash {
  /** Places of children from the root to the branch. */
  path: readonly number[];
  /** The line stands behind this child. */
  at: number;
  direction: GridDirection;
  /** Of the branch. */
  area: Area;
  /** Of the line: without width in a row, without height in a column. */
  line: Area;
}

export const wholeArea: Area = { left: 0, top: 0, width: 1, height: 1 };

const isLeaf = (node: Grid): node is GridLeaf => 'group' in node;
export const directionOf = (edge: Edge): GridDirection =>
  edge === 'left' || edge === 'right' ? 'row' : 'column';
const isBefore = (edge: Edge) => edge === 'left' || edge === 'up';

/** In reading order. */
export function groupsIn(node: Grid): readonly number[] {
  return isLeaf(node) ? [node.group] : node.children.flatMap((child) => groupsIn(child.node));
}

/** Shares that add up to 1, no branch with a single child and none inside one of its own direction. */
function branch(direction: GridDirection, children: readonly GridChild[]): Grid {
  const flat = children.flatMap(({ share, node }) =>
    isLeaf(node) || node.direction !== direction
      ? [{ share, node }]
      : node.children.map((inner) => ({ share: share * inner.share, node: inner.node })),
  );
  if (flat.length === 1) return flat[0]!.node;
  const whole = flat.reduce((sum, child) => sum + child.share, 0);
  return { direction, children: flat.map((child) => ({ ...child, share: child.share / whole })) };
}

/** A new group at an edge of another one, which gives it half of its room. */
export function splitGrid(node: Grid, beside: number, edge: Edge, group: number): Grid {
  if (isLeaf(node)) {
    if (node.group !== beside) return node;
    const own = { share: 0.5, node };
    const other = { share: 0.5, node: { group } };
    return branch(directionOf(edge), isBefore(edge) ? [other, own] : [own, other]);
  }
  return branch(
    node.direction,
    node.children.map((child) => ({ ...child, node: splitGrid(child.node, beside, edge, group) })),
  );
}

/** Without a group; those beside it take its room. `undefined`: it was the only one. */
export function withoutGroup(node: Grid, group: number): Grid | undefined {
  if (isLeaf(node)) return node.group === group ? undefined : node;
  return branch(
    node.direction,
    node.children.flatMap((child) => {
      const rest = withoutGroup(child.node, group);
      return rest ? [{ ...child, node: rest }] : [];
    }),
  );
}

/** Every group as large as those beside it. */
export function evenGrid(node: Grid): Grid {
  if (isLeaf(node)) return node;
  const share = 1 / node.children.length;
  return { ...node, children: node.children.map((child) => ({ share, node: evenGrid(child.node) })) };
}

function childArea(area: Area, direction: GridDirection, from: number, share: number): Area {
  return direction === 'row'
    ? { ...area, left: area.left + area.width * from, width: area.width * share }
    : { ...area, top: area.top + area.height * from, height: area.height * share };
}

function walk(
  node: Grid,
  area: Area,
  path: readonly number[],
  visit: (node: Grid, area: Area, path: readonly number[]) => void,
) {
  visit(node, area, path);
  if (isLeaf(node)) return;
  let from = 0;
  node.children.forEach((child, at) => {
    walk(child.node, childArea(area, node.direction, from, child.share), [...path, at], visit);
    from += child.share;
  });
}

export function areasOf(grid: Grid): ReadonlyMap<number, Area> {
  const areas = new Map<number, Area>();
  walk(grid, wholeArea, [], (node, area) => {
    if (isLeaf(node)) areas.set(node.group, area);
  });
  return areas;
}

export function sashesOf(grid: Grid): readonly GridSash[] {
  const sashes: GridSash[] = [];
  walk(grid, wholeArea, [], (node, area, path) => {
    if (isLeaf(node)) return;
    let from = 0;
    node.children.slice(0, -1).forEach((child, at) => {
      from += child.share;
      sashes.push({
        path,
        at,
        direction: node.direction,
        area,
        line: childArea(area, node.direction, from, 0),
      });
    });
  });
  return sashes;
}

/** The least room a part of the grid needs in a direction, if a group needs `least`. */
function leastSize(node: Grid, direction: GridDirection, least: number): number {
  if (isLeaf(node)) return least;
  const sizes = node.children.map((child) => leastSize(child.node, direction, least));
  return node.direction === direction ? sizes.reduce((a, b) => a + b, 0) : Math.max(...sizes);
}

/**
 * Moves the line behind child `at` of the branch at `path` to `to`, a part of the branch from its start. Neither side
 * gets less than its groups need; `least` is what one needs, as a part of the branch.
 */
export function moveSash(grid: Grid, path: readonly number[], at: number, to: number, least: number): Grid {
  if (isLeaf(grid)) return grid;
  const [first, ...rest] = path;
  if (first !== undefined) {
    return {
      ...grid,
      children: grid.children.map((child, index) =>
        index === first ? { ...child, node: moveSash(child.node, rest, at, to, least) } : child,
      ),
    };
  }
  const before = grid.children[at];
  const after = grid.children[at + 1];
  if (!before || !after) return grid;
  const start = grid.children.slice(0, at).reduce((sum, child) => sum + child.share, 0);
  const both = before.share + after.share;
  const low = leastSize(before.node, grid.direction, least);
  const high = both - leastSize(after.node, grid.direction, least);
  if (low > high) return grid;
  const share = Math.min(high, Math.max(low, to - start));
  return {
    ...grid,
    children: grid.children.map((child, index) => {
      if (index === at) return { ...child, share };
      return index === at + 1 ? { ...child, share: both - share } : child;
    }),
  };
}

/** Makes a group larger (or smaller, below 0) in a direction by a part of the row or column it stands in. */
export function resizeGroup(grid: Grid, group: number, direction: GridDirection, by: number): Grid {
  if (isLeaf(grid)) return grid;
  const at = grid.children.findIndex((child) => groupsIn(child.node).includes(group));
  const child = grid.children[at];
  if (!child) return grid;
  if (grid.direction === direction) {
    const last = at === grid.children.length - 1;
    const start = grid.children.slice(0, last ? at : at + 1).reduce((sum, { share }) => sum + share, 0);
    return moveSash(grid, [], last ? at - 1 : at, start + (last ? -by : by), 0.1);
  }
  return {
    ...grid,
    children: grid.children.map((other, index) =>
      index === at ? { ...other, node: resizeGroup(other.node, group, direction, by) } : other,
    ),
  };
}

/** The group that touches this one at an edge; of several the one with the longest common line. */
export function neighbourOf(grid: Grid, group: number, edge: Edge): number | undefined {
  const areas = areasOf(grid);
  const own = areas.get(group);
  if (!own) return undefined;
  const overlap = (one: Area, other: Area) =>
    directionOf(edge) === 'row'
      ? Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top)
      : Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
  const gap = (other: Area) => {
    if (edge === 'left') return own.left - (other.left + other.width);
    if (edge === 'right') return other.left - (own.left + own.width);
    if (edge === 'up') return own.top - (other.top + other.height);
    return other.top - (own.top + own.height);
  };
  const close = 1e-6;
  const touching = [...areas]
    .filter(([id, area]) => id !== group && Math.abs(gap(area)) < close && overlap(own, area) > close)
    .sort(([, one], [, other]) => overlap(own, other) - overlap(own, one));
  return touching[0]?.[0];
}

/** Whether a remembered grid holds exactly these groups, each once. */
export function holdsExactly(grid: unknown, groups: readonly number[]): grid is Grid {
  const seen: number[] = [];
  const sound = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    if ('group' in node) {
      seen.push(node.group as number);
      return true;
    }
    const { direction, children } = node as Partial<GridBranch>;
    return (
      (direction === 'row' || direction === 'column') &&
      Array.isArray(children) &&
      children.length > 1 &&
      children.every((child: Partial<GridChild>) => Number(child.share) > 0 && sound(child.node))
    );
  };
  return sound(grid) && seen.length === groups.length && groups.every((group) => seen.includes(group));
}
