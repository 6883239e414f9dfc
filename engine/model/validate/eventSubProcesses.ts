import { eventDefinitions, isEventSubProcess } from '../structure.ts';
import { childrenNamed, idOf, localName } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const begins = ['message', 'timer', 'error', 'escalation', 'signal'];

/** An event sub-process has one start event, which says what it waits for; no flow leads to it or leaves it. */
export const eventSubProcesses: Rule = (process, report) => {
  for (const { element } of process.containers) {
    if (!isEventSubProcess(element)) continue;
    const starts = childrenNamed(element, 'bpmn:startEvent');
    if (starts.length !== 1) {
      report.error(element, 'bpmn/event-sub-process', 'Must have exactly one start event');
      continue;
    }
    const kinds = eventDefinitions(starts[0]!).map((part) => localName(part).replace('EventDefinition', ''));
    if (kinds.length !== 1 || !begins.includes(kinds[0]!)) {
      report.error(
        element,
        'bpmn/event-sub-process',
        `Start event must be one of: message, timer, error, escalation, signal`,
      );
    }
    if (process.incoming(idOf(element)).length > 0)
      report.error(element, 'bpmn/event-sub-process', 'Must not have incoming sequence flows');
    if (process.outgoing(idOf(element)).length > 0)
      report.error(element, 'bpmn/event-sub-process', 'Must not have outgoing sequence flows');
  }
};
