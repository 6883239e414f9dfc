import { messageOf, type Structure, signalOf } from '../structure.ts';
import { child, idOf, nameOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** No two boundary events of an activity catch the same. */
export const caughtTwice: Rule = (process, report) => {
  for (const { nodes } of process.containers) {
    for (const node of nodes)
      check(
        node,
        nodes.filter(({ attributes }) => attributes.attachedToRef === idOf(node)),
      );
  }

  function check(scope: XmlElement, events: readonly XmlElement[]): void {
    if (events.length < 2) return;
    const fault = (message: string) => report.error(scope, 'bpmn/caught-twice', message);
    const named = (at: (process: Structure, event: XmlElement) => string | undefined) =>
      doubles(events.map((event) => at(process, event)));
    for (const name of named(messageNameAt)) fault(sameName('message', name));
    for (const name of named(signalNameAt)) fault(sameName('signal', name));
    for (const text of codesCaughtTwice(process, events)) fault(text);
  }
};

/** No two start events wait for the same signal. */
export const startedTwice: Rule = (process, report) => {
  for (const { element, nodes } of process.containers) {
    const starts = nodes.filter(({ name }) => name === 'bpmn:startEvent');
    const signals = doubles(starts.map((event) => signalNameAt(process, event)));
    for (const name of signals) report.error(element, 'bpmn/signal', sameName('signal', name));
  }
};

/** Events that name an error or escalation without a code, and those that name none, are counted apart. */
export function* codesCaughtTwice(process: Structure, events: readonly XmlElement[]): Generator<string> {
  for (const kind of ['error', 'escalation']) {
    const codes = events.flatMap((event) => {
      const definition = child(event, `bpmn:${kind}EventDefinition`);
      if (!definition) return [];
      const declared = process.root(`bpmn:${kind}`, definition.attributes[`${kind}Ref`] ?? '');
      return [declared && { code: declared.attributes[`${kind}Code`] ?? '' }];
    });
    for (const code of doubles(codes.map((one) => one?.code || undefined)))
      yield `Multiple ${kind} catch events with the same ${kind} code '${code}' are not supported on the same scope.`;
    const withoutCode = codes.filter((one) => one?.code === '').length;
    const withoutName = codes.filter((one) => one === undefined).length;
    if (withoutCode > 1 || withoutName > 1)
      yield `The same scope can not contain more than one ${kind} catch event without ${kind} code. An ${kind} catch event without ${kind} code catches all ${kind}s.`;
  }
}

const sameName = (kind: string, name: string) =>
  `Multiple ${kind} event definitions with the same name '${name}' are not allowed.`;

function messageNameAt(process: Structure, event: XmlElement): string | undefined {
  const message = messageOf(process, event);
  return message && (nameOf(message) || undefined);
}

function signalNameAt(process: Structure, event: XmlElement): string | undefined {
  const signal = signalOf(process, event);
  return signal && (nameOf(signal) || undefined);
}

function doubles(names: readonly (string | undefined)[]): Set<string> {
  return new Set(
    names.filter((name, index) => name !== undefined && names.indexOf(name) < index) as string[],
  );
}
