import { signalOf } from '../structure.ts';
import { child } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** A signal event names a signal. */
export const signals: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    const definition = child(node, 'bpmn:signalEventDefinition');
    if (!definition) continue;
    const signal = signalOf(process, node);
    if (!signal) report.error(definition, 'bpmn/signal', 'Must reference a signal');
  }
};
