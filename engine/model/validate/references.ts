import { idOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** Every reference names something that is there, in the same scope. */
export const references: Rule = (process, report) => {
  const dangling = (element: XmlElement, attribute: string, expected: string) => {
    const found = element.attributes[attribute];
    const but = found ? `found '${found}'` : 'it is missing';
    report.error(element, 'bpmn/reference', `Expected '${attribute}' to name ${expected}, but ${but}`);
  };
  for (const { element, nodes, flows } of process.containers) {
    // children that cannot run count too: one fault, one problem
    const ids = new Set(element.children.filter((one) => one.name !== 'bpmn:sequenceFlow').map(idOf));
    ids.delete('');
    for (const flow of flows) {
      for (const end of ['sourceRef', 'targetRef']) {
        if (!ids.has(flow.attributes[end] ?? '')) dangling(flow, end, 'an element of the same scope');
      }
    }
    for (const node of nodes) {
      if (node.name === 'bpmn:boundaryEvent' && !ids.has(node.attributes.attachedToRef ?? '')) {
        dangling(node, 'attachedToRef', 'an activity of the same scope');
      }
    }
  }
};
