import { eventDefinitions } from '../structure.ts';
import { idOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** Nothing waits and nothing changes in these; a loop of them alone never ends. */
const passedThrough = new Set([
  'bpmn:task',
  'bpmn:manualTask',
  'bpmn:exclusiveGateway',
  'bpmn:parallelGateway',
  'bpmn:inclusiveGateway',
]);
const isPassedThrough = (node: XmlElement | undefined) =>
  node !== undefined &&
  (passedThrough.has(node.name) ||
    (node.name === 'bpmn:intermediateThrowEvent' && eventDefinitions(node).length === 0));

export const straightThroughLoop: Rule = (process, report) => {
  const finished = new Set<string>();
  const next = (id: string) =>
    process
      .outgoing(id)
      .map((flow) => flow.attributes.targetRef ?? '')
      .filter((target) => isPassedThrough(process.nodes.get(target)));
  for (const node of process.nodes.values()) {
    const start = idOf(node);
    if (!isPassedThrough(node) || finished.has(start)) continue;
    // depth first, by hand: a chain of gateways may be longer than the call stack
    const way = [{ id: start, ahead: next(start) }];
    const onWay = new Set([start]);
    while (way.length > 0) {
      const { id, ahead } = way.at(-1)!;
      const target = ahead.shift();
      if (target === undefined) {
        finished.add(id);
        onWay.delete(id);
        way.pop();
      } else if (onWay.has(target)) {
        const ids = way.map((step) => step.id);
        const loop = [...ids.slice(ids.indexOf(target)), target].join(' > ');
        const message = `Processes are not allowed to contain a straight-through processing loop: ${loop}`;
        report.error(process.process, 'bpmn/straight-through-loop', message);
      } else if (!finished.has(target)) {
        way.push({ id: target, ahead: next(target) });
        onWay.add(target);
      }
    }
  }
};
