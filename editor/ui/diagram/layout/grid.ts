/** A sequence flow between two nodes; those of boundary events leave their host `below`. */
export interface GridEdge {
  id: string;
  source: string;
  target: string;
  below?: boolean;
}

export interface Cell {
  column: number;
  row: number;
}

/** Where nodes stand, and which edges lead on to a node that was not reached before, or back to one already passed. */
export interface Grid {
  cells: ReadonlyMap<string, Cell>;
  tree: ReadonlySet<string>;
  back: ReadonlySet<string>;
}

/**
 * Columns follow the flow: a node stands right of all that lead to it, but for loops. Rows keep what follows first in
 * the row of what it follows, and put each further branch, with all that hangs on it, below where it meets nothing.
 */
export function arrange(nodes: readonly string[], edges: readonly GridEdge[]): Grid {
  const outgoing = new Map<string, GridEdge[]>(nodes.map((node) => [node, []]));
  for (const edge of [...edges].sort((a, b) => Number(a.below ?? false) - Number(b.below ?? false)))
    outgoing.get(edge.source)!.push(edge);
  const { tree, back, finished, roots } = walk(nodes, edges, outgoing);
  const forward = edges.filter(({ id }) => !back.has(id));
  const columns = columnsOf([...finished].reverse(), forward);
  const rows = rowsOf(finished, roots, columns, outgoing, tree, back);
  return {
    cells: new Map(nodes.map((id) => [id, { column: columns.get(id)!, row: rows.get(id)! }])),
    tree,
    back,
  };
}

/** Depth first, first branches first. `finished` has every node after all that it leads to. */
function walk(
  nodes: readonly string[],
  edges: readonly GridEdge[],
  outgoing: ReadonlyMap<string, readonly GridEdge[]>,
) {
  const entered = new Set(
    edges.filter(({ source, target }) => source !== target).map(({ target }) => target),
  );
  const seen = new Set<string>();
  const open = new Set<string>();
  const tree = new Set<string>();
  const back = new Set<string>();
  const finished: string[] = [];
  const roots: string[] = [];
  function from(root: string) {
    const path = [{ node: root, next: 0 }];
    seen.add(root);
    open.add(root);
    roots.push(root);
    while (path.length > 0) {
      const here = path.at(-1)!;
      const edge = outgoing.get(here.node)![here.next++];
      if (!edge) {
        path.pop();
        open.delete(here.node);
        finished.push(here.node);
      } else if (open.has(edge.target)) back.add(edge.id);
      else if (!seen.has(edge.target)) {
        tree.add(edge.id);
        seen.add(edge.target);
        open.add(edge.target);
        path.push({ node: edge.target, next: 0 });
      }
    }
  }
  // What nothing leads to begins; what is left is a ring, which begins where it was written first.
  for (const node of nodes) if (!entered.has(node)) from(node);
  for (const node of nodes) if (!seen.has(node)) from(node);
  return { tree, back, finished, roots };
}

function columnsOf(order: readonly string[], forward: readonly GridEdge[]): Map<string, number> {
  const columns = new Map(order.map((node) => [node, 0]));
  const leaving = new Map<string, string[]>(order.map((node) => [node, []]));
  for (const { source, target } of forward) leaving.get(source)!.push(target);
  for (const node of order)
    for (const target of leaving.get(node)!)
      columns.set(target, Math.max(columns.get(target)!, columns.get(node)! + 1));
  return columns;
}

/** Cells that a node takes with all that hangs on it, from its own row down. */
class Block {
  readonly #taken = new Set<number>();

  take(column: number, row: number): void {
    this.#taken.add(row * most + column);
  }

  /** The first row, from `row` on, where all of the other block is free. */
  fit(other: Block, row: number): number {
    for (let at = row; ; at++) if (!other.#at(at).some((cell) => this.#taken.has(cell))) return at;
  }

  add(other: Block, row: number): void {
    for (const cell of other.#at(row)) this.#taken.add(cell);
  }

  #at(row: number): number[] {
    return [...this.#taken].map((cell) => cell + row * most);
  }
}

/** Columns there can be. */
const most = 2 ** 20;

function rowsOf(
  finished: readonly string[],
  roots: readonly string[],
  columns: ReadonlyMap<string, number>,
  outgoing: ReadonlyMap<string, readonly GridEdge[]>,
  tree: ReadonlySet<string>,
  back: ReadonlySet<string>,
): Map<string, number> {
  const blocks = new Map<string, Block>();
  const below = new Map<string, number>();
  for (const node of finished) {
    const column = columns.get(node)!;
    const edges = outgoing.get(node)!;
    const children = edges.filter(({ id }) => tree.has(id));
    // The block of what follows in the same row is taken over: long chains are not copied node by node.
    const [first] = children;
    const straight = first && !first.below ? first.target : undefined;
    const block = (straight !== undefined && blocks.get(straight)) || new Block();
    /** Keeps the cells between the node and what it leads to free of others. */
    const reserve = (own: Block, target: string) => {
      for (let at = column + 1; at < columns.get(target)!; at++) own.take(at, 0);
    };
    block.take(column, 0);
    for (const { id, target } of edges) if (!tree.has(id) && !back.has(id)) reserve(block, target);
    if (straight !== undefined) {
      reserve(block, straight);
      below.set(straight, 0);
    }
    for (const { target } of children) {
      if (target === straight) continue;
      const branch = blocks.get(target)!;
      reserve(branch, target);
      const row = block.fit(branch, 1);
      block.add(branch, row);
      for (let at = 1; at <= row; at++) block.take(column, at);
      below.set(target, row);
    }
    for (const { target } of children) blocks.delete(target);
    blocks.set(node, block);
  }
  const rows = new Map<string, number>();
  const all = new Block();
  for (const root of roots) {
    const row = all.fit(blocks.get(root)!, 0);
    all.add(blocks.get(root)!, row);
    rows.set(root, row);
  }
  for (const node of [...finished].reverse())
    for (const { id, target } of outgoing.get(node)!)
      if (tree.has(id)) rows.set(target, rows.get(node)! + below.get(target)!);
  return rows;
}
