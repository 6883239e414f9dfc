import { catchLinks, isEventSubProcess } from '../structure.ts';
import { child, idOf, nameOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** What no flow leads to: event sub-processes and what undoes. */
function standsAlone(node: XmlElement): boolean {
  return isEventSubProcess(node) || node.attributes.isForCompensation === 'true';
}

/** Warns of elements no token can come to. */
export const reachability: Rule = (process, report) => {
  for (const { element, nodes } of process.containers) {
    const reached = new Set<string>();
    const begins = (node: XmlElement) =>
      node.name === 'bpmn:startEvent' ||
      (element.name === 'bpmn:adHocSubProcess' &&
        node.name !== 'bpmn:boundaryEvent' &&
        process.incoming(idOf(node)).length === 0);
    const ahead = nodes.filter(begins).map(idOf);
    for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      for (const flow of process.outgoing(id)) ahead.push(flow.attributes.targetRef ?? '');
      const link = child(process.nodes.get(id), 'bpmn:linkEventDefinition');
      if (link) ahead.push(...catchLinks(element, nameOf(link)).map(idOf));
      for (const node of nodes) if (node.attributes.attachedToRef === id) ahead.push(idOf(node));
    }
    for (const node of nodes) {
      if (reached.has(idOf(node)) || standsAlone(node)) continue;
      const message = `Expected '${idOf(node)}' to be reachable from a start event, but no path leads to it`;
      report.warning(node, 'bpmn/unreachable', message);
    }
  }
};
