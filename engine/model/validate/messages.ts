import { messageOf } from '../structure.ts';
import { child, childrenNamed, idOf, nameOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const waiting = new Set([
  'bpmn:startEvent',
  'bpmn:intermediateCatchEvent',
  'bpmn:boundaryEvent',
  'bpmn:receiveTask',
]);

/** What waits for a message names one; all but the start of a process say which one by a correlation key. */
export const messages: Rule = (process, report) => {
  const checked = new Set<XmlElement>();
  const nameAt = (node: XmlElement | undefined) => {
    const message = node && waiting.has(node.name) ? messageOf(process, node) : undefined;
    return message && nameOf(message);
  };

  for (const node of process.nodes.values()) {
    if (!waiting.has(node.name)) continue;
    const definition = child(node, 'bpmn:messageEventDefinition');
    if (!definition && node.name !== 'bpmn:receiveTask') continue;
    const message = messageOf(process, node);
    if (!message) {
      report.error(definition ?? node, 'bpmn/message', 'Must reference a message');
      continue;
    }
    if (nameOf(message) === '') report.error(message, 'bpmn/message', 'Name must be present and not empty');
    const beginsProcess = node.name === 'bpmn:startEvent' && node.parent === process.process;
    if (beginsProcess || checked.has(message)) continue;
    checked.add(message);
    const found = childrenNamed(child(message, 'bpmn:extensionElements'), 'zeebe:subscription');
    if (found.length !== 1) {
      const text = 'Must have exactly one zeebe:subscription extension element';
      report.error(message, 'bpmn/message', text);
    }
  }

  for (const message of childrenNamed(process.definitions, 'bpmn:message')) {
    const subscriptions = childrenNamed(child(message, 'bpmn:extensionElements'), 'zeebe:subscription');
    for (const subscription of subscriptions) {
      const key = subscription.attributes.correlationKey ?? '';
      if (key === '') report.error(subscription, 'bpmn/message', 'Expected expression but not found.');
      else if (!key.startsWith('='))
        report.error(
          subscription,
          'bpmn/message',
          `Expected expression but found static value '${key}'. An expression must start with '=' (e.g. '=${key}').`,
        );
    }
  }

  for (const { nodes } of process.containers) {
    const starts = nodes.filter((node) => node.name === 'bpmn:startEvent').map(nameAt);
    if (hasDoubles(starts)) {
      const text = 'A message cannot be referred by more than one start event';
      report.error(process.process, 'bpmn/message', text);
    }
    for (const node of nodes) {
      const attached = nodes.filter((event) => event.attributes.attachedToRef === idOf(node)).map(nameAt);
      if (node.name === 'bpmn:receiveTask' && attached.includes(nameAt(node))) {
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
