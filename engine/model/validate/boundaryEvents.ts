import { eventDefinitions } from '../structure.ts';
import { idOf, localName } from '../xml/read.ts';
import type { Rule } from './rule.ts';

export const activities: ReadonlySet<string> = new Set(
  `task manualTask serviceTask sendTask receiveTask scriptTask businessRuleTask userTask subProcess adHocSubProcess callActivity`
    .split(' ')
    .map((name) => `bpmn:${name}`),
);
/** Compensation has rules of its own. */
const triggers = ['timer', 'message', 'error', 'signal', 'escalation', 'compensate', 'conditional'];
const besideTheRest = ['timer', 'message', 'signal', 'escalation', 'compensate', 'conditional'];

export const boundaryEvents: Rule = (process, report) => {
  for (const event of process.nodes.values()) {
    if (event.name !== 'bpmn:boundaryEvent') continue;
    const fault = (message: string) => report.error(event, 'bpmn/boundary-event', message);
    const host = event.parent?.children.find((one) => idOf(one) === event.attributes.attachedToRef);
    const isElsewhere = process.nodes.has(event.attributes.attachedToRef ?? '');
    if (host ? !activities.has(host.name) && host.name !== 'bpmn:transaction' : !isElsewhere)
      fault('Must be attached to an activity');
    const definitions = eventDefinitions(event);
    if (definitions.length !== 1) {
      fault('Must have exactly one event definition');
      continue;
    }
    const trigger = localName(definitions[0]!).replace('EventDefinition', '');
    if (!triggers.includes(trigger))
      fault('Boundary events must be one of: timer, message, error, signal, escalation');
    if (event.attributes.cancelActivity === 'false' && !besideTheRest.includes(trigger))
      fault('Non-Interrupting event of this type is not allowed');
  }
};
