import { catchLinks, eventDefinitions, type Structure } from '../structure.ts';
import { child, extension, idOf, nameOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** Nothing waits in these: where one is in a loop without anything that waits, the loop never ends. */
const begins = (node: XmlElement) => {
  if (node.name === 'bpmn:task' || node.name === 'bpmn:manualTask') return true;
  if (node.name === 'bpmn:scriptTask') return extension(node, 'script') !== undefined;
  return node.name === 'bpmn:intermediateThrowEvent' && isNoneOrLink(node);
};
const gateways = new Set(['bpmn:exclusiveGateway', 'bpmn:parallelGateway', 'bpmn:inclusiveGateway']);

function isNoneOrLink(event: XmlElement): boolean {
  const definitions = eventDefinitions(event);
  return definitions.length === 0 || definitions[0]!.name === 'bpmn:linkEventDefinition';
}

function isPassedThrough(node: XmlElement): boolean {
  if (begins(node) || gateways.has(node.name)) return true;
  return node.name === 'bpmn:intermediateCatchEvent' && child(node, 'bpmn:linkEventDefinition') !== undefined;
}

/** The first loop that is found is told; the flows of a node are followed from the last in the file on. */
export const straightThroughLoop: Rule = (process, report) => {
  const finished = new Set<string>();
  for (const node of process.nodes.values()) {
    const start = idOf(node);
    if (!begins(node) || finished.has(start)) continue;
    // depth first, by hand: a chain of gateways may be longer than the call stack
    const way = [{ id: start, ahead: behind(process, node) }];
    const onWay = new Set([start]);
    while (way.length > 0) {
      const { id, ahead } = way.at(-1)!;
      const target = ahead.shift();
      if (target === undefined) {
        finished.add(id);
        onWay.delete(id);
        way.pop();
      } else if (onWay.has(idOf(target))) {
        const ids = way.map((step) => step.id);
        const loop = [...ids.slice(ids.indexOf(idOf(target))), idOf(target)].join(' > ');
        const message = `Processes are not allowed to contain a straight-through processing loop: ${loop}`;
        report.error(process.process, 'bpmn/straight-through-loop', message);
        return;
      } else if (!finished.has(idOf(target))) {
        way.push({ id: idOf(target), ahead: behind(process, target) });
        onWay.add(idOf(target));
      }
    }
  }
};

function behind(process: Structure, node: XmlElement): XmlElement[] {
  const link = child(node, 'bpmn:linkEventDefinition');
  const targets =
    link && node.name === 'bpmn:intermediateThrowEvent' && node.parent
      ? catchLinks(node.parent, nameOf(link))
      : process
          .outgoing(idOf(node))
          .toReversed()
          .flatMap((flow) => process.nodes.get(flow.attributes.targetRef ?? '') ?? []);
  return targets.filter(isPassedThrough);
}
