import { eventDefinitions, isEventSubProcess } from '../structure.ts';
import { localName } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const waitedFor = ['message', 'timer', 'signal', 'link', 'conditional'];
const endings = ['error', 'message', 'terminate', 'signal', 'escalation', 'compensate'];

/** A catch event waits for one thing; a throw event throws at most one; an end event ends in one of the ways that are known. */
export const intermediateEvents: Rule = (process, report) => {
  for (const event of process.nodes.values()) {
    const fault = (message: string) => report.error(event, 'bpmn/event', message);
    const definitions = eventDefinitions(event);
    const kinds = definitions.map((part) => localName(part).replace('EventDefinition', ''));
    if (event.name === 'bpmn:intermediateCatchEvent') {
      if (kinds.length !== 1) fault('Must have exactly one event definition');
      else if (!waitedFor.includes(kinds[0]!))
        fault('Event definition must be one of: message, timer, signal, or link');
    }
    const throws = event.name === 'bpmn:intermediateThrowEvent' || event.name === 'bpmn:endEvent';
    if (throws && kinds.length > 1) fault('Must have at most one event definition');
    if (event.name === 'bpmn:endEvent' && kinds.length === 1 && !endings.includes(kinds[0]!))
      fault('End events must be one of: none, error, message, terminate, signal, escalation or compensation');
    if (event.name === 'bpmn:startEvent' && kinds.length > 1 && !isEventSubProcess(event.parent))
      fault("Start event can't have more than one type");
    // a condition can be waited for, but not thrown
    for (const [index, kind] of kinds.entries())
      if (kind === 'cancel' || (kind === 'conditional' && throws))
        report.error(definitions[index]!, 'bpmn/event', 'Event definition of this type is not supported');
  }
};
