import { eventDefinitions, isEventSubProcess, messageOf, type Structure, signalOf } from '../structure.ts';
import { child, childrenNamed, localName, nameOf, type XmlElement } from '../xml/read.ts';
import { codesCaughtTwice } from './caughtTwice.ts';
import type { Rule } from './rule.ts';

const code = 'bpmn/event-sub-process';
const begins = new Set(['message', 'timer', 'error', 'signal', 'escalation', 'conditional']);

/** An event sub-process has one start event, which says what it waits for; those of one scope wait for different things. */
export const eventSubProcesses: Rule = (process, report) => {
  for (const { element, nodes } of process.containers) {
    const starts: XmlElement[] = [];
    for (const handler of nodes.filter(isEventSubProcess)) {
      const all = childrenNamed(handler, 'bpmn:startEvent');
      starts.push(...all);
      if (all.length !== 1) report.error(handler, code, 'Must have exactly one start event');
      if (!all[0]) continue;
      for (const fault of faultsOf(all[0], element === process.process)) report.error(handler, code, fault);
    }
    for (const fault of doubles(starts, process)) report.error(element, code, fault);
  }
};

function* faultsOf(start: XmlElement, isOutermost: boolean): Generator<string> {
  const [kind] = eventDefinitions(start).map((part) => localName(part).slice(0, -'EventDefinition'.length));
  if (kind === 'compensate' && isOutermost)
    yield 'A compensation event subprocess is not allowed on the process level';
  if (kind === undefined || !begins.has(kind))
    yield 'Start events in event subprocesses must be one of: message, timer, error, signal or escalation';
  const interrupting = start.attributes.isInterrupting !== 'false';
  if (interrupting && child(child(start, 'bpmn:timerEventDefinition'), 'bpmn:timeCycle'))
    yield 'Interrupting timer event with time cycle is not allowed.';
  if (!interrupting && kind === 'error') yield 'Non-Interrupting event of this type is not allowed';
}

function* doubles(starts: readonly XmlElement[], process: Structure): Generator<string> {
  const named = (of: typeof messageOf) =>
    starts.flatMap((start) => {
      const found = of(process, start);
      return found ? [nameOf(found)] : [];
    });
  for (const name of repeated(named(messageOf)))
    yield `Multiple message event definitions with the same name '${name}' are not allowed.`;
  for (const name of repeated(named(signalOf)))
    yield `Multiple signal event definitions with the same name '${name}' are not allowed.`;
  yield* codesCaughtTwice(process, starts);
}

function repeated(names: readonly string[]): Set<string> {
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}
