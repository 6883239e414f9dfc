import { childrenNamed } from '../xml/read.ts';
import type { Rule } from './rule.ts';

export const startEvents: Rule = (process, report) => {
  for (const { element } of process.containers) {
    const all = childrenNamed(element, 'bpmn:startEvent');
    const none = all.filter((event) => !event.children.some((part) => part.name.endsWith('EventDefinition')));
    if (all.length === 0) report.error(element, 'bpmn/start-event', 'Must have at least one start event');
    if (none.length > 1) {
      report.error(element, 'bpmn/start-event', 'Multiple none start events are not allowed');
    }
  }
};
