import { messageOf } from '../structure.ts';
import { child, idOf, nameOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const waiting = new Set([
  'bpmn:startEvent',
  'bpmn:intermediateCatchEvent',
  'bpmn:boundaryEvent',
  'bpmn:receiveTask',
]);

/** What waits for a message names one, and nothing else beside it the same one. */
export const messages: Rule = (process, report) => {
  const nameAt = (node: XmlElement | undefined) => {
    const message = node && waiting.has(node.name) ? messageOf(process, node) : undefined;
    return message && nameOf(message);
  };

  for (const node of process.nodes.values()) {
    if (!waiting.has(node.name)) continue;
    const definition = child(node, 'bpmn:messageEventDefinition');
    if (!definition && node.name !== 'bpmn:receiveTask') continue;
    const message = messageOf(process, node);
    if (!message) report.error(definition ?? node, 'bpmn/message', 'Must reference a message');
  }

  for (const { nodes } of process.containers) {
    const starts = nodes.filter((node) => node.name === 'bpmn:startEvent').map(nameAt);
    if (hasDoubles(starts)) {
      const text = 'A message cannot be referred by more than one start event';
      report.error(process.process, 'bpmn/message', text);
    }
    for (const node of nodes) {
      const attached = nodes.filter((event) => event.attributes.attachedToRef === idOf(node)).map(nameAt);
      if (node.name === 'bpmn:receiveTask' && nameAt(node) && attached.includes(nameAt(node))) {
        report.error(node, 'bpmn/message', 'Cannot reference the same message name as a boundary event');
      }
      const behind =
        node.name === 'bpmn:eventBasedGateway'
          ? process
              .outgoing(idOf(node))
              .map((flow) => nameAt(process.nodes.get(flow.attributes.targetRef ?? '')))
          : [];
      if (hasDoubles(behind)) {
        const text = 'Multiple message catch events with the same name are not allowed.';
        report.error(node, 'bpmn/message', text);
      }
    }
  }
};

function hasDoubles(names: readonly (string | undefined)[]): boolean {
  const known = names.filter((name) => name !== undefined);
  return new Set(known).size < known.length;
}
