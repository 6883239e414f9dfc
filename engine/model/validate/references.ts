import { idOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** Flows lead from and to elements of the process, whatever their scope; a boundary event stands beside its activity. */
export const references: Rule = (process, report) => {
  const dangling = (element: XmlElement, attribute: string, expected: string) => {
    const found = element.attributes[attribute];
    const but = found ? `found '${found}'` : 'it is missing';
    report.error(element, 'bpmn/reference', `Expected '${attribute}' to name ${expected}, but ${but}`);
  };
  // children that cannot run count too: one fault, one problem
  const idsIn = (element: XmlElement) =>
    element.children.filter((one) => one.name !== 'bpmn:sequenceFlow').map(idOf);
  const everywhere = new Set(process.containers.flatMap(({ element }) => idsIn(element)));
  everywhere.delete('');
  for (const { element, nodes, flows } of process.containers) {
    for (const flow of flows) {
      for (const end of ['sourceRef', 'targetRef']) {
        if (!everywhere.has(flow.attributes[end] ?? ''))
          dangling(flow, end, 'an element of the same process');
      }
    }
    const beside = new Set(idsIn(element));
    for (const node of nodes) {
      const host = node.attributes.attachedToRef ?? '';
      if (node.name === 'bpmn:boundaryEvent' && everywhere.has(host) && !beside.has(host)) {
        dangling(node, 'attachedToRef', 'an activity of the same scope');
      }
    }
  }
};
