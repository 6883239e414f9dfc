import { listOf, type ModdleElement } from '../moddle.ts';
import { type Box, bottom, middle, type Point } from './geometry.ts';
import {
  type Band,
  type Drawing,
  type DrawnEdge,
  type DrawnShape,
  layOutNodes,
  movedEdge,
  movedShape,
} from './layOutNodes.ts';

/** Makes elements of the model (moddle's `create`). */
export interface ModelFactory {
  create(type: string, properties: object): ModdleElement;
}

type Plane = Pick<Drawing, 'shapes' | 'edges'>;

/** Whether there is something to draw, but no word of where it stands. */
export function isUndrawn(definitions: ModdleElement): boolean {
  const planes = listOf(definitions, 'diagrams').flatMap(({ plane }) =>
    plane ? [plane as ModdleElement] : [],
  );
  if (planes.some((plane) => listOf(plane, 'planeElement').length > 0)) return false;
  const roots = planesOf(definitions);
  return planes.length === 0 ? roots.length > 0 : roots.some(hasContent);
}

/**
 * Gives a model without a diagram one (BPMN 2.0.2, clause 12): its collaboration, or each process by itself. Groups
 * are left out: what they go around is told by nothing but a diagram.
 * @param byId everything in the file that has an id; what had none and is drawn gets one, and joins
 */
export function layOutDefinitions(
  definitions: ModdleElement,
  factory: ModelFactory,
  byId: { [id: string]: ModdleElement },
): void {
  const used = new Set(Object.keys(byId));
  const own = (id: string) => {
    let free = id;
    for (let at = 2; used.has(free); at++) free = `${id}_${at}`;
    used.add(free);
    return free;
  };
  /** A diagram names what it draws by its id, which BPMN leaves to the file. */
  const idOf = (element: ModdleElement) => {
    if (!element.id) {
      const id = own(element.$type.replace('bpmn:', ''));
      element.set('id', id);
      byId[id] = element;
    }
    return element.id;
  };
  const bounds = ({ x, y, width, height }: Box) =>
    factory.create('dc:Bounds', {
      x: Math.round(x),
      y: Math.round(y),
      width: Math.round(width),
      height: Math.round(height),
    });
  const labelled = (label: Box | undefined) =>
    label && { label: within(factory.create('bpmndi:BPMNLabel', { bounds: bounds(label) }), 'bounds') };
  const shape = ({ element, box, label, expanded, horizontal }: DrawnShape) =>
    within(
      factory.create('bpmndi:BPMNShape', {
        id: own(`${idOf(element)}_di`),
        bpmnElement: element,
        bounds: bounds(box),
        ...(expanded && { isExpanded: true }),
        ...(horizontal && { isHorizontal: true }),
        ...labelled(label),
      }),
      'bounds',
      'label',
    );
  const edge = ({ element, points, label }: DrawnEdge) =>
    within(
      factory.create('bpmndi:BPMNEdge', {
        id: own(`${idOf(element)}_di`),
        bpmnElement: element,
        waypoint: points.map(({ x, y }) =>
          factory.create('dc:Point', { x: Math.round(x), y: Math.round(y) }),
        ),
        ...labelled(label),
      }),
      'waypoint',
      'label',
    );
  const diagrams = planesOf(definitions).map((root) => {
    const { shapes, edges } = root.$instanceOf('bpmn:Collaboration') ? layOutPools(root) : layOutNodes(root);
    const plane = within(
      factory.create('bpmndi:BPMNPlane', {
        id: own(`${idOf(root)}_plane`),
        bpmnElement: root,
        planeElement: [...shapes.map(shape), ...edges.map(edge)],
      }),
      'planeElement',
    );
    return within(factory.create('bpmndi:BPMNDiagram', { id: own(`${root.id}_diagram`), plane }), 'plane');
  });
  definitions.set('diagrams', diagrams);
  within(definitions, 'diagrams');
}

/** Tells parts whose they are, as the reader of a file does. */
function within(parent: ModdleElement, ...properties: string[]): ModdleElement {
  for (const property of properties)
    for (const part of [parent[property] ?? []].flat() as ModdleElement[]) part.$parent = parent;
  return parent;
}

const hasContent = (root: ModdleElement) =>
  ['participants', 'flowElements', 'artifacts'].some((property) => listOf(root, property).length > 0);

/** What gets a diagram: the collaboration, or else each process with something in it, those that can run first. */
function planesOf(definitions: ModdleElement): ModdleElement[] {
  const roots = listOf(definitions, 'rootElements');
  const collaboration = roots.find((root) => root.$instanceOf('bpmn:Collaboration') && hasContent(root));
  if (collaboration) return [collaboration];
  const processes = roots.filter((root) => root.$instanceOf('bpmn:Process'));
  const filled = processes.filter(hasContent);
  if (filled.length === 0) return processes.slice(0, 1);
  return filled.sort((a, b) => Number(b.isExecutable ?? false) - Number(a.isExecutable ?? false));
}

/** px in and between pools; the name of a pool or lane stands left. */
const pool = { head: 30, pad: 30, between: 60, emptyHeight: 60, emptyWidth: 600 };

/** Pools one below the other, all of the same width. */
function layOutPools(collaboration: ModdleElement): Plane {
  const pools = listOf(collaboration, 'participants').map((participant) => {
    const process = participant.processRef as ModdleElement | undefined;
    const lanes = process ? listOf(process, 'laneSets').flatMap((set) => leaves(set)) : [];
    const content =
      process &&
      layOutNodes(
        process,
        lanes.map(({ lane }) => new Set(listOf(lane, 'flowNodeRef'))),
      );
    const depth = Math.max(0, ...lanes.map(({ above }) => above.length + 1));
    return { participant, lanes, content, left: pool.head * (1 + depth) + pool.pad };
  });
  const width = Math.max(
    ...pools.map(({ content, left }) => (content ? left + content.width + pool.pad : 0)),
    pool.emptyWidth,
  );
  const plane: Plane = { shapes: [], edges: [] };
  const placed = new Map<ModdleElement, InPool>();
  let y = 0;
  for (const { participant, lanes, content, left } of pools) {
    const height = content?.height ? content.height + 2 * pool.pad : pool.emptyHeight;
    const box = { x: 0, y, width, height };
    plane.shapes.push({ element: participant, box, horizontal: true });
    placed.set(participant, { box, pool: box });
    if (content) {
      for (const [lane, band] of laneBands(lanes, content.bands, height))
        plane.shapes.push({
          element: lane,
          box: {
            x: pool.head * band.depth,
            y: y + band.y,
            width: width - pool.head * band.depth,
            height: band.height,
          },
          horizontal: true,
        });
      const by: Point = { x: left, y: y + pool.pad };
      for (const shape of content.shapes.map((each) => movedShape(each, by))) {
        plane.shapes.push(shape);
        placed.set(shape.element, { box: shape.box, pool: box });
      }
      plane.edges.push(...content.edges.map((each) => movedEdge(each, by)));
    }
    y += height + pool.between;
  }
  for (const flow of listOf(collaboration, 'messageFlows')) {
    const [from, to] = [placed.get(flow.sourceRef), placed.get(flow.targetRef)];
    if (from && to) plane.edges.push({ element: flow, points: messagePath(from, to) });
  }
  return plane;
}

interface Leaf {
  lane: ModdleElement;
  /** Lanes it is in, the outermost first. */
  above: ModdleElement[];
}

function leaves(set: ModdleElement, above: ModdleElement[] = []): Leaf[] {
  return listOf(set, 'lanes').flatMap((lane) => {
    const parts = lane.childLaneSet ? leaves(lane.childLaneSet, [...above, lane]) : [];
    return parts.length > 0 ? parts : [{ lane, above }];
  });
}

/** Lanes and the lanes they are in, from the top of their pool to its bottom. */
function laneBands(lanes: readonly Leaf[], bands: readonly Band[], height: number) {
  const found = new Map<ModdleElement, { depth: number; y: number; height: number }>();
  for (const [at, { lane, above }] of lanes.entries()) {
    const top = at === 0 ? 0 : pool.pad + bands[at]!.y;
    const end = at === lanes.length - 1 ? height : pool.pad + bands[at + 1]!.y;
    for (const [depth, each] of [...above, lane].entries()) {
      const y = found.get(each)?.y ?? top;
      found.set(each, { depth: depth + 1, y, height: end - y });
    }
  }
  return found;
}

interface InPool {
  box: Box;
  pool: Box;
}

/** Down or up into another pool: straight where one end is a whole pool, or else across beside the first pool. */
function messagePath(from: InPool, to: InPool): Point[] {
  const downwards = from.pool.y < to.pool.y;
  const [start, end] = [middle(from.box).x, middle(to.box).x];
  const x = from.box === from.pool ? end : start;
  const first = { x, y: downwards ? bottom(from.box) : from.box.y };
  const last = { x: to.box === to.pool ? x : end, y: downwards ? to.box.y : bottom(to.box) };
  if (first.x === last.x) return [first, last];
  const y = downwards ? bottom(from.pool) + pool.between / 2 : from.pool.y - pool.between / 2;
  return [first, { x: first.x, y }, { x: last.x, y }, last];
}
