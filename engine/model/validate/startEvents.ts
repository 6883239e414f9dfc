import { eventDefinitions, isEventSubProcess } from '../structure.ts';
import { childrenNamed } from '../xml/read.ts';
import type { Rule } from './rule.ts';

export const startEvents: Rule = (process, report) => {
  for (const { element } of process.containers) {
    if (isEventSubProcess(element)) continue;
    if (element.name === 'bpmn:adHocSubProcess') continue;
    const all = childrenNamed(element, 'bpmn:startEvent');
    const none = all.filter((event) => eventDefinitions(event).length === 0);
    if (element.name === 'bpmn:subProcess' || element.name === 'bpmn:transaction') {
      if (all.length !== 1) report.error(element, 'bpmn/start-event', 'Must have exactly one start event');
      if (all[0] && eventDefinitions(all[0]).length > 0)
        report.error(element, 'bpmn/start-event', 'Start events in subprocesses must be of type none');
      continue;
    }
    if (all.length === 0) report.error(element, 'bpmn/start-event', 'Must have at least one start event');
    if (none.length > 1) {
      report.error(element, 'bpmn/start-event', 'Multiple none start events are not allowed');
    }
  }
};
