import { eventDefinitions } from '../structure.ts';
import type { Rule } from './rule.ts';

/** A catch event waits for one thing; a throw event throws at most one. */
export const intermediateEvents: Rule = (process, report) => {
  for (const event of process.nodes.values()) {
    const count = eventDefinitions(event).length;
    if (event.name === 'bpmn:intermediateCatchEvent' && count !== 1)
      report.error(event, 'bpmn/event', 'Must have exactly one event definition');
    const throws = event.name === 'bpmn:intermediateThrowEvent' || event.name === 'bpmn:endEvent';
    if (throws && count > 1) report.error(event, 'bpmn/event', 'Must have at most one event definition');
  }
};
