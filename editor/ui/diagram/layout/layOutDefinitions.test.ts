import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ModdleElement, moddleExtensions } from '../moddle.ts';
import { type Box, bottom, type Point, right } from './geometry.ts';
import { isUndrawn, layOutDefinitions, type ModelFactory } from './layOutDefinitions.ts';

interface Read {
  rootElement: ModdleElement;
  elementsById: { [id: string]: ModdleElement };
}

const moddle = new BpmnModdle(moddleExtensions) as unknown as ModelFactory & {
  fromXML(xml: string): Promise<Read>;
  toXML(element: ModdleElement, options: object): Promise<{ xml: string }>;
};

function read(content: string): Promise<Read> {
  return moddle.fromXML(
    content.startsWith('<?xml')
      ? content
      : `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">${content}</bpmn:definitions>`,
  );
}

async function laidOut(content: string): Promise<ModdleElement> {
  const { rootElement, elementsById } = await read(content);
  layOutDefinitions(rootElement, moddle, elementsById);
  return rootElement;
}

interface Picture {
  shapes: Map<string, Box>;
  edges: Map<string, Point[]>;
}

async function pictureOf(content: string): Promise<Picture> {
  const definitions = await laidOut(content);
  // What is asked is what the file says once it is written.
  const { xml } = await moddle.toXML(definitions, { format: true });
  const { rootElement: written } = await read(xml);
  const planes = ((written.diagrams ?? []) as ModdleElement[]).flatMap(
    ({ plane }) => (plane.planeElement ?? []) as ModdleElement[],
  );
  const of = (type: string) => planes.filter((each) => each.$instanceOf(type));
  return {
    shapes: new Map(
      of('bpmndi:BPMNShape').map(({ bpmnElement, bounds: { x, y, width, height } }) => [
        bpmnElement.id,
        { x, y, width, height },
      ]),
    ),
    edges: new Map(
      of('bpmndi:BPMNEdge').map(({ bpmnElement, waypoint }) => [
        bpmnElement.id,
        (waypoint as Point[]).map(({ x, y }) => ({ x, y })),
      ]),
    ),
  };
}

interface Node {
  id: string;
  kind: 'task' | 'exclusiveGateway' | 'endEvent' | 'subProcess';
  /** Of a sub-process. */
  inner: Model;
  /** Boundary events, with the index of what each leads to. */
  boundary: number[];
}

interface Model {
  nodes: Node[];
  /** Indices of nodes. */
  flows: [number, number][];
}

const model: fc.Arbitrary<Model> = fc.letrec<{ model: Model; node: Node }>((tie) => ({
  node: fc.record({
    id: fc.constant(''),
    kind: fc.constantFrom('task', 'task', 'exclusiveGateway', 'exclusiveGateway', 'endEvent', 'subProcess'),
    inner: fc.oneof(
      { depthSize: 'small', maxDepth: 2 },
      fc.constant<Model>({ nodes: [], flows: [] }),
      tie('model'),
    ),
    boundary: fc.array(fc.nat(20), { maxLength: 2 }),
  }) as fc.Arbitrary<Node>,
  model: fc.record({
    nodes: fc.array(tie('node'), { maxLength: 12 }),
    flows: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 18 }),
  }) as fc.Arbitrary<Model>,
})).model;

interface Written {
  xml: string;
  nodes: { id: string; parent: string | undefined; host?: string }[];
  flows: { id: string; source: string; target: string; host: string; parent: string | undefined }[];
}

function write({ nodes, flows }: Model, prefix = 'n', parent?: string): Written {
  const written: Written = { xml: '', nodes: [], flows: [] };
  const idAt = (at: number) => `${prefix}_${at % nodes.length}`;
  function flow(source: string, target: string, host: string): void {
    const id = `${prefix}_f${written.flows.length}_`;
    written.xml += `<bpmn:sequenceFlow id="${id}" name="when so" sourceRef="${source}" targetRef="${target}" />`;
    written.flows.push({ id, source, target, host, parent });
  }
  for (const [at, { kind, inner, boundary }] of nodes.entries()) {
    const id = idAt(at);
    const within = kind === 'subProcess' ? write(inner, id, id) : { xml: '', nodes: [], flows: [] };
    written.xml += `<bpmn:${kind} id="${id}" name="${kind}">${within.xml}</bpmn:${kind}>`;
    written.nodes.push({ id, parent }, ...within.nodes);
    const own = written.flows;
    written.flows = [...own, ...within.flows];
    if (kind !== 'task' && kind !== 'subProcess') continue;
    for (const [index, target] of boundary.entries()) {
      const event = `${id}_b${index}`;
      written.xml += `<bpmn:boundaryEvent id="${event}" attachedToRef="${id}"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>`;
      written.nodes.push({ id: event, parent, host: id });
      flow(event, idAt(target), id);
    }
  }
  if (nodes.length > 0) for (const [source, target] of flows) flow(idAt(source), idAt(target), idAt(source));
  return written;
}

const overlap = (a: Box, b: Box) => a.x < right(b) && b.x < right(a) && a.y < bottom(b) && b.y < bottom(a);
const holds = (outer: Box, inner: Box) =>
  outer.x <= inner.x && outer.y <= inner.y && right(inner) <= right(outer) && bottom(inner) <= bottom(outer);
const touches = ({ x, y }: Point, box: Box) =>
  x >= box.x - 1 && x <= right(box) + 1 && y >= box.y - 1 && y <= bottom(box) + 1;
const legs = (points: Point[]) =>
  points.slice(1).map((to, at): Box => {
    const from = points[at]!;
    return {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(from.x - to.x),
      height: Math.abs(from.y - to.y),
    };
  });

test('whatever is in a process: all of it is drawn, nothing overlaps, and flows go round what they do not join', () =>
  fc.assert(
    fc.asyncProperty(model, async (drawn) => {
      const written = write(drawn);
      const content = `<bpmn:process id="p" isExecutable="true">${written.xml}</bpmn:process>`;
      const { shapes, edges } = await pictureOf(content);
      expect([...shapes.keys()].sort()).toEqual(written.nodes.map(({ id }) => id).sort());
      expect([...edges.keys()].sort()).toEqual(written.flows.map(({ id }) => id).sort());

      for (const { id, parent } of written.nodes)
        if (parent) expect(holds(shapes.get(parent)!, shapes.get(id)!), `${id} in ${parent}`).toBe(true);
      const solid = written.nodes.filter(({ host }) => !host);
      for (const [at, a] of solid.entries())
        for (const b of solid.slice(at + 1))
          if (a.parent === b.parent)
            expect(overlap(shapes.get(a.id)!, shapes.get(b.id)!), `${a.id} on ${b.id}`).toBe(false);

      for (const { id, source, target, host, parent } of written.flows) {
        const points = edges.get(id)!;
        expect(touches(points[0]!, shapes.get(source)!), `${id} begins at ${source}`).toBe(true);
        expect(touches(points.at(-1)!, shapes.get(target)!), `${id} ends at ${target}`).toBe(true);
        for (const leg of legs(points)) {
          expect(Math.min(leg.width, leg.height), `${id} has no slanting part`).toBeLessThanOrEqual(1);
          for (const node of solid)
            if (node.parent === parent && ![host, target].includes(node.id))
              expect(overlap(leg, shapes.get(node.id)!), `${id} goes through ${node.id}`).toBe(false);
          if (parent) expect(holds(shapes.get(parent)!, leg), `${id} in ${parent}`).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  ));

test('without loops everything goes from left to right', () =>
  fc.assert(
    fc.asyncProperty(model, async ({ nodes, flows }) => {
      const onwards = flows.filter(([a, b]) => nodes.length > 0 && a % nodes.length < b % nodes.length);
      const plain = nodes.map((node) => ({ ...node, boundary: [] }));
      const written = write({ nodes: plain, flows: onwards });
      const { shapes } = await pictureOf(`<bpmn:process id="p">${written.xml}</bpmn:process>`);
      for (const { source, target, parent } of written.flows)
        if (!parent) expect(right(shapes.get(source)!)).toBeLessThan(shapes.get(target)!.x);
    }),
  ));

test('the model itself stays as it was, and gets the same diagram each time', async () => {
  const file = readFileSync(join(import.meta.dirname, '../../../../infra/clients/claim.bpmn'), 'utf8');
  const { rootElement: definitions, elementsById } = await read(file);
  const before = await moddle.toXML(definitions, { format: true });
  expect(isUndrawn(definitions)).toBe(true);
  layOutDefinitions(definitions, moddle, elementsById);
  expect(isUndrawn(definitions)).toBe(false);
  definitions.set('diagrams', undefined);
  expect(await moddle.toXML(definitions, { format: true })).toEqual(before);
  expect(await pictureOf(file)).toEqual(await pictureOf(file));
});

test('branches go below, and come back to the row they left', async () => {
  const { shapes } = await pictureOf(`<bpmn:process id="p">
    <bpmn:startEvent id="start" /><bpmn:exclusiveGateway id="split" /><bpmn:task id="one" /><bpmn:task id="two" />
    <bpmn:exclusiveGateway id="join" /><bpmn:endEvent id="end" />
    ${[
      ['start', 'split'],
      ['split', 'one'],
      ['split', 'two'],
      ['one', 'join'],
      ['two', 'join'],
      ['join', 'end'],
    ]
      .map(([from, to], at) => `<bpmn:sequenceFlow id="f${at}" sourceRef="${from}" targetRef="${to}" />`)
      .join('')}
  </bpmn:process>`);
  const centre = (id: string) => shapes.get(id)!.y + shapes.get(id)!.height / 2;
  const first = centre('start');
  expect(['split', 'one', 'join', 'end'].map(centre)).toEqual([first, first, first, first]);
  expect(centre('two')).toBe(first + 140);
  expect(shapes.get('two')!.x).toBe(shapes.get('one')!.x);
});

const pools = `
  <bpmn:collaboration id="c">
    <bpmn:participant id="customer" processRef="a" /><bpmn:participant id="shop" processRef="b" /><bpmn:participant id="carrier" />
    <bpmn:messageFlow id="ordered" sourceRef="order" targetRef="received" />
    <bpmn:messageFlow id="handed" sourceRef="ship" targetRef="carrier" />
  </bpmn:collaboration>
  <bpmn:process id="a"><bpmn:sendTask id="order" /></bpmn:process>
  <bpmn:process id="b">
    <bpmn:laneSet id="s">
      <bpmn:lane id="sales"><bpmn:flowNodeRef>received</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="office">
        <bpmn:childLaneSet id="t">
          <bpmn:lane id="nobody" />
          <bpmn:lane id="stock"><bpmn:flowNodeRef>ship</bpmn:flowNodeRef></bpmn:lane>
        </bpmn:childLaneSet>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="received" /><bpmn:serviceTask id="ship" />
    <bpmn:sequenceFlow id="f" sourceRef="received" targetRef="ship" />
  </bpmn:process>`;

test('pools hold their process, lanes their nodes, and messages go between', async () => {
  const { shapes, edges } = await pictureOf(pools);
  const box = (id: string) => shapes.get(id)!;
  const pairs = [
    ['customer', 'order'],
    ['shop', 'sales'],
    ['sales', 'received'],
    ['shop', 'office'],
    ['office', 'nobody'],
    ['office', 'stock'],
    ['stock', 'ship'],
  ] as const;
  expect(pairs.filter(([outer, inner]) => !holds(box(outer), box(inner)))).toEqual([]);
  const apart = [
    ['customer', 'shop'],
    ['shop', 'carrier'],
    ['sales', 'office'],
    ['nobody', 'stock'],
  ] as const;
  expect(apart.filter(([above, below]) => bottom(box(above)) > box(below).y)).toEqual([]);
  expect(box('sales').height + box('office').height).toBe(box('shop').height);
  expect(edges.get('ordered')![0]!.y).toBe(bottom(box('order')));
  expect(edges.get('ordered')!.at(-1)!.y).toBe(box('received').y);
  expect(edges.get('handed')!.at(-1)!.y).toBe(box('carrier').y);
});

test('data and annotations are drawn beside the flow', async () => {
  const { shapes, edges } = await pictureOf(`<bpmn:process id="p">
    <bpmn:startEvent id="start" /><bpmn:task id="work">
      <bpmn:dataOutputAssociation id="writes"><bpmn:targetRef>claim</bpmn:targetRef></bpmn:dataOutputAssociation>
    </bpmn:task>
    <bpmn:sequenceFlow id="f" sourceRef="start" targetRef="work" />
    <bpmn:dataObject id="object" /><bpmn:dataObjectReference id="claim" dataObjectRef="object" />
    <bpmn:textAnnotation id="note"><bpmn:text>Takes a day</bpmn:text></bpmn:textAnnotation>
    <bpmn:association id="about" sourceRef="work" targetRef="note" />
  </bpmn:process>`);
  expect([...shapes.keys()].sort()).toEqual(['claim', 'note', 'start', 'work']);
  expect([...edges.keys()].sort()).toEqual(['about', 'f', 'writes']);
  expect(bottom(shapes.get('note')!)).toBeLessThan(shapes.get('work')!.y);
  expect(shapes.get('claim')!.y).toBeGreaterThan(bottom(shapes.get('work')!));
});

test.each([
  [
    'a diagram of its own',
    readFileSync(join(import.meta.dirname, '../../../../infra/examples/support-triage.bpmn'), 'utf8'),
    false,
  ],
  ['an empty process, to draw in', '<bpmn:process id="p" /><bpmn:message id="m" />', true],
  ['no process', '<bpmn:message id="m" />', false],
  [
    'an emptied diagram',
    '<bpmn:process id="p"><bpmn:task id="t" /></bpmn:process><bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNPlane bpmnElement="p" /></bpmndi:BPMNDiagram>',
    true,
  ],
])('a file with %s', async (_, content, undrawn) => {
  expect(isUndrawn((await read(content)).rootElement)).toBe(undrawn);
});

test('ids of the diagram are none of the model', async () => {
  const definitions = await laidOut(
    '<bpmn:process id="p"><bpmn:task id="t" /><bpmn:task id="t_di" /></bpmn:process>',
  );
  const [{ plane }] = definitions.diagrams;
  expect(plane.planeElement.map(({ id }: ModdleElement) => id)).toEqual(['t_di_2', 't_di_di']);
});

test('what has no id gets one, so that the written diagram still names it', async () => {
  const flow = '<bpmn:sequenceFlow sourceRef="a" targetRef="b" />';
  const { shapes, edges } = await pictureOf(
    `<bpmn:process><bpmn:task id="a" /><bpmn:task id="b" /><bpmn:task id="SequenceFlow" />${flow}</bpmn:process>`,
  );
  expect([...shapes.keys()].sort()).toEqual(['SequenceFlow', 'a', 'b']);
  expect([...edges.keys()]).toEqual(['SequenceFlow_2']);
});

test('a chain of thousands is laid out in one row', async () => {
  const count = 3_000;
  const steps = Array.from({ length: count }, (_, at) => `<bpmn:task id="t${at}" />`);
  const flows = Array.from(
    { length: count - 1 },
    (_, at) => `<bpmn:sequenceFlow id="f${at}" sourceRef="t${at}" targetRef="t${at + 1}" />`,
  );
  const { shapes } = await pictureOf(
    `<bpmn:process id="p">${steps.join('')}${flows.join('')}</bpmn:process>`,
  );
  expect(new Set([...shapes.values()].map(({ y }) => y)).size).toBe(1);
});
