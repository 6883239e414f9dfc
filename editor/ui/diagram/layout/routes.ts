import { type Box, bottom, middle, type Point, right } from './geometry.ts';
import type { Cell, Grid, GridEdge } from './grid.ts';

/** Where columns and rows of a grid lie, in px. Between them are gutters in which nothing but flows lie. */
export interface Tracks {
  /** Left edges and widths. */
  columns: readonly { at: number; size: number }[];
  /** Top edges and heights. */
  rows: readonly { at: number; size: number }[];
}

export interface Routed extends GridEdge {
  /** Where a flow begins that leaves its node below: at the lower edge of a boundary event. */
  from?: Point;
}

/** px from a track to the first flow in the gutter behind it, and from there to the next. */
const gutter = { first: 32, next: 8, kept: 3 };

/** Leads flows round all nodes: along rows whose cells are free, and in the gutters between. */
export function createRoutes(
  grid: Grid,
  tracks: Tracks,
  boxes: ReadonlyMap<string, Box>,
  isGateway: (node: string) => boolean,
): (edge: Routed) => Point[] {
  const taken = new Set([...grid.cells.values()].map(({ column, row }) => `${column} ${row}`));
  const used = new Map<string, string[]>();
  /** The line in a gutter that flows of one kind share. */
  function line(of: 'column' | 'row', at: number, by: string): number {
    const gutterKey = `${of} ${at}`;
    const lines = used.get(gutterKey) ?? [];
    if (!lines.includes(by)) lines.push(by);
    used.set(gutterKey, lines);
    const { at: from, size } = (of === 'column' ? tracks.columns : tracks.rows)[at]!;
    return from + size + gutter.first + gutter.next * (lines.indexOf(by) % gutter.kept);
  }
  const free = (column: number, row: number) => !taken.has(`${column} ${row}`);
  const rowFree = (row: number, from: Cell, to: Cell) =>
    range(from.column + 1, to.column).every((column) => free(column, row));
  /** Between the row of a node and another one, that one too. */
  const columnFree = (column: number, row: number, to: number) =>
    (row < to ? range(row + 1, to + 1) : range(to, row)).every((at) => free(column, at));

  return (edge) => {
    const source = grid.cells.get(edge.source)!;
    const target = grid.cells.get(edge.target)!;
    const box = boxes.get(edge.source)!;
    const goal = boxes.get(edge.target)!;
    const start = middle(box);
    const end = middle(goal);
    const begin: Point = edge.from ?? { x: right(box), y: start.y };
    const into: Point = { x: goal.x, y: end.y };

    if (grid.back.has(edge.id)) {
      const under = line('row', source.row, edge.target);
      const up = { x: end.x, y: bottom(goal) };
      const low = edge.from ?? { x: start.x, y: bottom(box) };
      if (low.x === up.x) {
        const x = line('column', source.column, `from ${edge.source}`);
        return [begin, { x, y: begin.y }, { x, y: under }, { x: up.x, y: under }, up];
      }
      if (source.row === target.row) return [low, { x: low.x, y: under }, { x: up.x, y: under }, up];
      const beside =
        target.column === 0 ? tracks.columns[0]!.at - 20 : line('column', target.column - 1, edge.target);
      const below = line('row', target.row, edge.target);
      return [
        low,
        { x: low.x, y: under },
        { x: beside, y: under },
        { x: beside, y: below },
        { x: up.x, y: below },
        up,
      ];
    }
    const drop = { x: begin.x, y: end.y };
    const droops = rowFree(target.row, source, target) && columnFree(source.column, source.row, target.row);
    if (edge.from) {
      if (target.row > source.row && droops) return [begin, drop, into];
      return inGutters(edge, begin, into, source, target, line);
    }
    if (target.row === source.row && rowFree(source.row, source, target)) return [begin, into];
    if (target.row !== source.row) {
      const downwards = target.row > source.row;
      if (isGateway(edge.source) && droops) {
        const corner = { x: start.x, y: end.y };
        return [{ x: start.x, y: downwards ? bottom(box) : box.y }, corner, into];
      }
      const alongSource = rowFree(source.row, source, target);
      if (isGateway(edge.target) && alongSource && columnFree(target.column, target.row, source.row)) {
        const corner = { x: end.x, y: start.y };
        return [begin, corner, { x: end.x, y: downwards ? goal.y : bottom(goal) }];
      }
      const turnAt = (x: number) => [begin, { x, y: begin.y }, { x, y: end.y }, into];
      const late = () => turnAt(line('column', target.column - 1, `to ${edge.target}`));
      if (alongSource && !grid.tree.has(edge.id)) return late();
      if (rowFree(target.row, source, target))
        return turnAt(line('column', source.column, `from ${edge.source}`));
      if (alongSource) return late();
    }
    const x = line('column', source.column, `from ${edge.source}`);
    return [begin, ...inGutters(edge, { x, y: begin.y }, into, source, target, line)];
  };
}

/** Down into the gutter below the source's row, along it, and into the target from the gutter before it. */
function inGutters(
  edge: GridEdge,
  begin: Point,
  into: Point,
  source: Cell,
  target: Cell,
  line: (of: 'column' | 'row', at: number, by: string) => number,
): Point[] {
  const y = line('row', source.row, `from ${edge.source}`);
  const x = line('column', target.column - 1, `to ${edge.target}`);
  return [begin, { x: begin.x, y }, { x, y }, { x, y: into.y }, into];
}

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
