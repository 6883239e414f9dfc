import { namesFlow } from '../structure.ts';
import { child, idOf } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** Gateways that ask conditions, and what they say of a flow without one. */
const lacking: { readonly [name: string]: string | undefined } = {
  'bpmn:exclusiveGateway': 'Must have a condition or be default flow',
  'bpmn:inclusiveGateway': 'Must have a condition',
};

/** Which flows carry a condition, and that a condition is an expression. */
export const conditions: Rule = (process, report) => {
  for (const flow of process.flows.values()) {
    const condition = child(flow, 'bpmn:conditionExpression');
    const source = process.nodes.get(flow.attributes.sourceRef ?? '');
    if (!source) continue;
    if (!condition) {
      const alone = process.outgoing(idOf(source)).length < 2;
      const isDefault = source.attributes.default === idOf(flow);
      if (lacking[source.name] && !alone && !isDefault && namesFlow(source, 'outgoing', flow)) {
        report.error(flow, 'bpmn/missing-condition', lacking[source.name]!);
      }
      continue;
    }
    if (!lacking[source.name] && namesFlow(source, 'outgoing', flow)) {
      const message = 'Conditional sequence flows are only supported at exclusive or inclusive gateway';
      report.error(source, 'bpmn/misplaced-condition', message);
    }
    const text = condition.text.trim();
    if (!text.startsWith('=')) {
      const message = `Expected expression but found static value '${text}'. An expression must start with '=' (e.g. '=${text}').`;
      report.error(condition, 'bpmn/static-condition', message);
    }
  }
};
