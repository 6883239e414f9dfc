import { expression } from '../transform/context.ts';
import { child, childrenNamed, nameOf, type XmlElement } from '../xml/read.ts';
import type { FileRule } from './rule.ts';

/** What waits for a message, in any process. The start of a process does so without a correlation key. */
const waiting: ReadonlySet<string> = new Set([
  'bpmn:intermediateCatchEvent',
  'bpmn:boundaryEvent',
  'bpmn:receiveTask',
]);

/** Messages and signals that somebody in the file names have a name that can be read; messages waited for have a correlation key. */
export const namedEvents: FileRule = (definitions, report, feel) => {
  const messages = namedBy(definitions, 'messageRef');
  for (const message of childrenNamed(definitions, 'bpmn:message')) {
    const users = messages.get(message.attributes.id ?? '') ?? [];
    checkName(message, users);
    const subscriptions = childrenNamed(child(message, 'bpmn:extensionElements'), 'zeebe:subscription');
    if (subscriptions.length !== 1 && users.some(waits)) {
      const text = 'Must have exactly one zeebe:subscription extension element';
      report.error(message, 'bpmn/message', text);
    }
    for (const subscription of subscriptions) {
      const key = subscription.attributes.correlationKey ?? '';
      if (key === '') report.error(subscription, 'bpmn/message', 'Expected expression but not found.');
      else if (!key.startsWith('='))
        report.error(
          subscription,
          'bpmn/message',
          `Expected expression but found static value '${key}'. An expression must start with '=' (e.g. '=${key}').`,
        );
      else expression({ feel, report }, subscription, key);
    }
  }
  const signals = namedBy(definitions, 'signalRef');
  for (const signal of childrenNamed(definitions, 'bpmn:signal'))
    checkName(signal, signals.get(signal.attributes.id ?? '') ?? []);

  function checkName(named: XmlElement, users: readonly XmlElement[]): void {
    if (nameOf(named) !== '') expression({ feel, report }, named, nameOf(named));
    else if (users.length > 0) report.error(named, 'bpmn/event-name', 'Name must be present and not empty');
  }
};

function waits(user: XmlElement): boolean {
  return waiting.has(user.name) || (user.name === 'bpmn:startEvent' && user.parent?.name !== 'bpmn:process');
}

/** The events and tasks of all processes by the id of what they name. */
function namedBy(definitions: XmlElement, reference: string): ReadonlyMap<string, XmlElement[]> {
  const users = new Map<string, XmlElement[]>();
  const look = (element: XmlElement) => {
    const id = element.attributes[reference];
    const user = element.name.endsWith('EventDefinition') ? element.parent! : element;
    if (id !== undefined && user !== definitions) {
      const known = users.get(id);
      if (known) known.push(user);
      else users.set(id, [user]);
    }
    element.children.forEach(look);
  };
  for (const process of childrenNamed(definitions, 'bpmn:process')) look(process);
  return users;
}
