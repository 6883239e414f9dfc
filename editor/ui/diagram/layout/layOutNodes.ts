import { activitySize } from '../kinds.ts';
import { listOf, type ModdleElement } from '../moddle.ts';
import { type Box, bottom, middle, moved, type Point, right, textSize } from './geometry.ts';
import { arrange, type Cell, type Grid, type GridEdge } from './grid.ts';
import { createRoutes, type Tracks } from './routes.ts';

export interface DrawnShape {
  element: ModdleElement;
  box: Box;
  /** Of a text beside the shape. */
  label?: Box;
  /** A sub-process that shows what is in it. */
  expanded?: true;
  /** A pool or a lane. */
  horizontal?: true;
}

export interface DrawnEdge {
  element: ModdleElement;
  points: Point[];
  label?: Box;
}

/** Shapes stand in front of those that come before them. */
export interface Drawing {
  shapes: DrawnShape[];
  edges: DrawnEdge[];
  /** One for each lane, from the top. */
  bands: Band[];
  width: number;
  height: number;
}

export interface Band {
  y: number;
  height: number;
}

/** Free px between columns and between rows; with a text on a flow there. */
const between = { columns: 60, namedColumns: 130, rows: 60 };
/** px inside a sub-process; above is its name. */
const inside = { side: 40, top: 44, bottom: 40 };
/** Nodes without flows that stand beside one another. */
const perShelf = 4;

const isA = (element: ModdleElement, type: string) => element.$instanceOf(`bpmn:${type}`);
/**
 * Everything in a process or a sub-process, from 0, 0.
 * @param lanes nodes of each lane: they get rows of their own
 */
export function layOutNodes(
  container: ModdleElement,
  lanes: readonly ReadonlySet<ModdleElement>[] = [],
): Drawing {
  const { nodes, boundaries, flows, data, hostOf } = partsOf(container);
  const contents = new Map(
    nodes.flatMap((node) => (isA(node, 'SubProcess') ? [[node, layOutNodes(node)]] : [])),
  );
  const size = (node: ModdleElement) => sizeOf(node, contents.get(node));

  const ids = new Map(nodes.map((node, at) => [node, String(at)]));
  const edges = flows.map((flow, at) => ({
    id: String(at),
    flow,
    source: ids.get(hostOf(flow.sourceRef))!,
    target: ids.get(flow.targetRef)!,
    ...(hostOf(flow.sourceRef) !== flow.sourceRef && { below: true }),
  }));
  const linked = new Set(edges.flatMap(({ source, target }) => [source, target]));
  const inGrid = nodes.filter((node) => lanes.length > 0 || linked.has(ids.get(node)!));
  const arranged = arrange(
    inGrid.map((node) => ids.get(node)!),
    edges,
  );
  const { grid, spans } = inLanes(arranged, lanes, (id) => nodes[Number(id)]!);

  const boxes = new Map<ModdleElement, Box>();
  const tracks = tracksOf(grid, (id) => size(nodes[Number(id)]!), edges, (spans.at(-1)?.last ?? -1) + 1);
  for (const node of inGrid) {
    const { column, row } = grid.cells.get(ids.get(node)!)!;
    const { width, height } = size(node);
    boxes.set(node, {
      x: tracks.columns[column]!.at + (tracks.columns[column]!.size - width) / 2,
      y: tracks.rows[row]!.at + (tracks.rows[row]!.size - height) / 2,
      width,
      height,
    });
  }
  const bands = spans.map(({ first, last }) => {
    const y = tracks.rows[first]!.at - between.rows / 2;
    return { y, height: bottomOf(tracks.rows[last]!) + between.rows / 2 - y };
  });
  const floor = tracks.rows.length > 0 ? bottomOf(tracks.rows.at(-1)!) : -between.rows;
  shelve(
    nodes.filter((node) => !boxes.has(node)),
    size,
    boxes,
    floor,
  );
  shelve(data, size, boxes, floor);
  for (const boundary of boundaries) boxes.set(boundary, boundaryBox(boundary, boundaries, boxes));

  const route = createRoutes(
    grid,
    tracks,
    new Map([...ids].flatMap(([node, id]) => (boxes.has(node) ? [[id, boxes.get(node)!]] : []))),
    (id) => isA(nodes[Number(id)]!, 'Gateway'),
  );
  const drawn: Drawing = { shapes: [], edges: [], bands, width: 0, height: 0 };
  for (const { flow, ...edge } of edges) {
    const box = boxes.get(flow.sourceRef)!;
    const points = route(edge.below ? { ...edge, from: { x: middle(box).x, y: bottom(box) } } : edge);
    drawn.edges.push({ element: flow, points, ...(flow.name && { label: flowLabel(flow.name, points) }) });
  }
  for (const element of [...nodes, ...boundaries, ...data]) {
    const box = boxes.get(element)!;
    const content = contents.get(element);
    drawn.shapes.push({
      element,
      box,
      ...labelOf(element, box, boundaries),
      ...(content && { expanded: true }),
    });
    if (!content) continue;
    const by = { x: box.x + (box.width - content.width) / 2, y: box.y + inside.top };
    drawn.shapes.push(...content.shapes.map((shape) => movedShape(shape, by)));
    drawn.edges.push(...content.edges.map((edge) => movedEdge(edge, by)));
  }
  drawn.edges.push(...nodes.flatMap((node) => dataEdges(node, boxes)));
  annotate(container, boxes, drawn);
  return fromZero(drawn);
}

/** What is drawn of a process or a sub-process; flows that lead out of it or nowhere are not. */
function partsOf(container: ModdleElement) {
  const elements = listOf(container, 'flowElements');
  const nodes = elements.filter((each) => isA(each, 'FlowNode') && !isA(each, 'BoundaryEvent'));
  const own = new Set(nodes);
  const boundaries = elements.filter((each) => isA(each, 'BoundaryEvent') && own.has(each.attachedToRef));
  const attached = new Set(boundaries);
  /** The node that a flow leaves: a boundary event stands on it. */
  const hostOf = (end: ModdleElement) => (attached.has(end) ? (end.attachedToRef as ModdleElement) : end);
  const flows = elements.filter(
    (each) =>
      isA(each, 'SequenceFlow') &&
      own.has(each.targetRef) &&
      each.sourceRef !== undefined &&
      own.has(hostOf(each.sourceRef)),
  );
  const data = elements.filter((each) => isA(each, 'DataObjectReference') || isA(each, 'DataStoreReference'));
  return { nodes, boundaries, flows, data, hostOf };
}

function sizeOf(node: ModdleElement, content: Drawing | undefined): { width: number; height: number } {
  if (content)
    return {
      width: Math.max(140, content.width + 2 * inside.side),
      height: Math.max(120, content.height + inside.top + inside.bottom),
    };
  if (isA(node, 'Event')) return { width: 36, height: 36 };
  if (isA(node, 'Gateway') || isA(node, 'DataStoreReference')) return { width: 50, height: 50 };
  if (isA(node, 'DataObjectReference')) return { width: 36, height: 50 };
  return activitySize;
}

/** Nodes of a lane are put in rows of its own, in the order of lanes; what is in none joins the first. */
function inLanes(
  arranged: Grid,
  lanes: readonly ReadonlySet<ModdleElement>[],
  nodeOf: (id: string) => ModdleElement,
) {
  const cells = new Map<string, Cell>();
  /** Rows of each lane. */
  const spans: { first: number; last: number }[] = [];
  if (lanes.length === 0) return { grid: arranged, spans };
  const laneOf = (id: string) =>
    Math.max(
      0,
      lanes.findIndex((nodes) => nodes.has(nodeOf(id))),
    );
  for (const at of lanes.keys()) {
    const first = (spans.at(-1)?.last ?? -1) + 1;
    const own = [...arranged.cells].filter(([id]) => laneOf(id) === at);
    const rows = [...new Set(own.map(([, { row }]) => row))].sort((a, b) => a - b);
    for (const [id, { column, row }] of own) cells.set(id, { column, row: first + rows.indexOf(row) });
    spans.push({ first, last: first + Math.max(1, rows.length) - 1 });
  }
  return { grid: { ...arranged, cells }, spans };
}

const bottomOf = ({ at, size }: { at: number; size: number }) => at + size;

function tracksOf(
  grid: Grid,
  size: (id: string) => { width: number; height: number },
  edges: readonly (GridEdge & { flow: ModdleElement })[],
  leastRows: number,
): Tracks {
  const cells = [...grid.cells];
  const named = new Set(
    edges.flatMap(({ flow, source }) => (flow.name ? [grid.cells.get(source)!.column] : [])),
  );
  const columns: { at: number; size: number }[] = [];
  const rows: { at: number; size: number }[] = [];
  // Texts beside events and gateways have their room in the cell.
  const widths = most(
    cells.map(([id, { column }]) => [column, size(id).width]),
    activitySize.width,
  );
  const heights = most(
    cells.map(([id, { row }]) => [row, size(id).height]),
    activitySize.height,
    leastRows,
  );
  for (const [at, width] of widths.entries()) {
    const gutter = named.has(at - 1) ? between.namedColumns : between.columns;
    columns.push({ at: at === 0 ? 0 : bottomOf(columns[at - 1]!) + gutter, size: width });
  }
  for (const [at, height] of heights.entries())
    rows.push({ at: at === 0 ? 0 : bottomOf(rows[at - 1]!) + between.rows, size: height });
  return { columns, rows };
}

/** The largest of each track, as many as are told; `least` where there is nothing. */
function most(sizes: readonly (readonly [number, number])[], least: number, count = 0): number[] {
  const found = Array.from({ length: Math.max(count, ...sizes.map(([at]) => at + 1)) }, () => least);
  for (const [at, size] of sizes) found[at] = Math.max(found[at]!, size);
  return found;
}

/** Puts what no flow leads to below the floor and all that is placed, some beside one another. */
function shelve(
  elements: readonly ModdleElement[],
  size: (element: ModdleElement) => { width: number; height: number },
  boxes: Map<ModdleElement, Box>,
  floor: number,
): void {
  for (let at = 0; at < elements.length; at += perShelf) {
    const low = Math.max(floor, ...[...boxes.values()].map(bottom)) + between.rows;
    const shelf = elements.slice(at, at + perShelf);
    const height = Math.max(activitySize.height, ...shelf.map((each) => size(each).height));
    let x = 0;
    for (const element of shelf) {
      const own = size(element);
      const cell = Math.max(activitySize.width, own.width);
      boxes.set(element, { x: x + (cell - own.width) / 2, y: low + (height - own.height) / 2, ...own });
      x += cell + between.columns;
    }
  }
}

/** On the lower edge of its host, from the right. */
function boundaryBox(
  boundary: ModdleElement,
  boundaries: readonly ModdleElement[],
  boxes: ReadonlyMap<ModdleElement, Box>,
): Box {
  const host = boxes.get(boundary.attachedToRef)!;
  const own = boundaries.filter(({ attachedToRef }) => attachedToRef === boundary.attachedToRef);
  const step = Math.min(50, (host.width - 50) / Math.max(1, own.length - 1));
  const x = right(host) - 25 - own.indexOf(boundary) * step;
  return { x: x - 18, y: bottom(host) - 18, width: 36, height: 36 };
}

/** Names of events are below them, those of gateways above: flows leave gateways below. */
function labelOf(element: ModdleElement, box: Box, boundaries: readonly ModdleElement[]): { label?: Box } {
  const beside = ['Event', 'Gateway', 'DataObjectReference', 'DataStoreReference'].some((type) =>
    isA(element, type),
  );
  if (!element.name || !beside) return {};
  if (isA(element, 'BoundaryEvent')) {
    const first = boundaries.find(({ attachedToRef }) => attachedToRef === element.attachedToRef);
    return { label: boundaryLabel(element.name, box, element === first) };
  }
  const size = textSize(element.name);
  const x = middle(box).x - size.width / 2;
  return { label: { x, y: isA(element, 'Gateway') ? box.y - size.height - 4 : bottom(box) + 6, ...size } };
}

/** Beside the flow that leaves it below: right of the first on its host, left of others. */
function boundaryLabel(name: string, box: Box, isFirst: boolean): Box {
  const size = textSize(name);
  return { x: isFirst ? right(box) - 2 : box.x + 2 - size.width, y: bottom(box) - 8, ...size };
}

/** Above the longest part of a flow from left to right, where that begins; of a flow that leads back, from right to left. */
function flowLabel(name: string, points: readonly Point[]): Box {
  const size = textSize(name);
  const level = points
    .slice(1)
    .map((to, at) => ({ from: points[at]!, by: to.y === points[at]!.y ? to.x - points[at]!.x : 0 }));
  const onwards = level.filter(({ by }) => by > 0);
  const [longest] = (onwards.length > 0 ? onwards : level).sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const { from, by } = longest!;
  const gap = Math.min(16, Math.max(4, (Math.abs(by) - size.width) / 2));
  return { x: by < 0 ? from.x - gap - size.width : from.x + gap, y: from.y - size.height - 4, ...size };
}

/** From an activity to the data it reads and writes. */
function dataEdges(node: ModdleElement, boxes: ReadonlyMap<ModdleElement, Box>): DrawnEdge[] {
  const reads = listOf(node, 'dataInputAssociations').map(
    (element) => [element, listOf(element, 'sourceRef')[0]] as const,
  );
  const writes = listOf(node, 'dataOutputAssociations').map(
    (element) => [element, element.targetRef] as const,
  );
  const at = boxes.get(node)!;
  return [...reads, ...writes].flatMap(([element, other]) => {
    const box = other && boxes.get(other as ModdleElement);
    if (!box) return [];
    const points = [
      { x: middle(at).x, y: bottom(at) },
      { x: middle(box).x, y: box.y },
    ];
    return [{ element, points: isA(element, 'DataInputAssociation') ? points.reverse() : points }];
  });
}

/** Annotations stand above everything, each over what it is about. */
function annotate(container: ModdleElement, boxes: ReadonlyMap<ModdleElement, Box>, drawn: Drawing): void {
  const artifacts = listOf(container, 'artifacts');
  const associations = artifacts.filter((each) => isA(each, 'Association'));
  const place = (element: ModdleElement | undefined): Point | undefined => {
    const box = element && boxes.get(element);
    if (box) return { x: middle(box).x, y: box.y };
    const points = drawn.edges.find((edge) => edge.element === element)?.points;
    return points && { x: (points[0]!.x + points[1]!.x) / 2, y: (points[0]!.y + points[1]!.y) / 2 };
  };
  const others = (annotation: ModdleElement) =>
    associations.flatMap((association) => {
      const { sourceRef, targetRef } = association;
      const other = sourceRef === annotation ? targetRef : targetRef === annotation ? sourceRef : undefined;
      const point = place(other);
      return point ? [{ association, point, fromOther: other === sourceRef }] : [];
    });
  const annotations = artifacts
    .filter((each) => isA(each, 'TextAnnotation'))
    .map((element) => ({ element, about: others(element) }))
    .sort((a, b) => (a.about[0]?.point.x ?? 0) - (b.about[0]?.point.x ?? 0));
  const top = topOf(drawn) - 40;
  let free = Number.NEGATIVE_INFINITY;
  for (const { element, about } of annotations) {
    const { height } = textSize(String(element.text ?? ''), 150);
    const box = {
      x: Math.max(free, about[0]?.point.x ?? 0),
      y: top - height - 16,
      width: 160,
      height: height + 16,
    };
    free = right(box) + 20;
    drawn.shapes.push({ element, box });
    for (const { association, point, fromOther } of about) {
      const points = [{ x: box.x + 10, y: bottom(box) }, point];
      drawn.edges.push({ element: association, points: fromOther ? points.reverse() : points });
    }
  }
}

const boxesOf = ({ shapes }: Drawing) => shapes.flatMap(({ box, label }) => (label ? [box, label] : [box]));
const topOf = (drawn: Drawing) => Math.min(0, ...boxesOf(drawn).map(({ y }) => y));

export const movedShape = (shape: DrawnShape, by: Point): DrawnShape => ({
  ...shape,
  box: moved(shape.box, by),
  ...(shape.label && { label: moved(shape.label, by) }),
});

export const movedEdge = (edge: DrawnEdge, by: Point): DrawnEdge => ({
  ...edge,
  points: edge.points.map((point) => moved(point, by)),
  ...(edge.label && { label: moved(edge.label, by) }),
});

/** Moves everything so that nothing is left of or above 0. */
function fromZero(drawn: Drawing): Drawing {
  const boxes = boxesOf(drawn);
  if (boxes.length + drawn.bands.length === 0) return drawn;
  const points = drawn.edges.flatMap(({ points: own }) => own);
  const left = Math.min(...(boxes.length > 0 ? [...boxes, ...points] : [{ x: 0 }]).map(({ x }) => x));
  const top = Math.min(...[...boxes, ...points, ...drawn.bands].map(({ y }) => y));
  const by = { x: -left, y: -top };
  return {
    shapes: drawn.shapes.map((shape) => movedShape(shape, by)),
    edges: drawn.edges.map((edge) => movedEdge(edge, by)),
    bands: drawn.bands.map((band) => ({ ...band, y: band.y - top })),
    width: Math.max(left, ...boxes.map(right), ...points.map(({ x }) => x)) - left,
    height:
      Math.max(...[...boxes, ...drawn.bands].map((box) => box.y + box.height), ...points.map(({ y }) => y)) -
      top,
  };
}
