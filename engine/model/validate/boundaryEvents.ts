import type { Rule } from './rule.ts';

export const activities: ReadonlySet<string> = new Set(
  `task manualTask serviceTask sendTask receiveTask scriptTask businessRuleTask userTask subProcess adHocSubProcess callActivity`
    .split(' ')
    .map((name) => `bpmn:${name}`),
);
/** Triggers no boundary event can have; triggers that cannot run yet are another rule's. */
const never = new Set([
  'bpmn:linkEventDefinition',
  'bpmn:terminateEventDefinition',
  'bpmn:cancelEventDefinition',
]);

export const boundaryEvents: Rule = (process, report) => {
  for (const event of process.nodes.values()) {
    if (event.name !== 'bpmn:boundaryEvent') continue;
    const host = process.nodes.get(event.attributes.attachedToRef ?? '');
    if (host && !activities.has(host.name)) {
      report.error(event, 'bpmn/boundary-event', 'Must be attached to an activity');
    }
    const triggers = event.children.filter((part) => part.name.endsWith('EventDefinition'));
    if (triggers.length !== 1) {
      report.error(event, 'bpmn/boundary-event', 'Must have exactly one event definition');
      continue;
    }
    const trigger = triggers[0]!;
    if (never.has(trigger.name)) {
      const message = 'Boundary events must be one of: timer, message, error, signal, escalation';
      report.error(event, 'bpmn/boundary-event', message);
    }
    if (trigger.name === 'bpmn:errorEventDefinition' && event.attributes.cancelActivity === 'false') {
      report.error(event, 'bpmn/boundary-event', 'Expected an error event to be interrupting, but it is not');
    }
  }
};
