import { child, idOf } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** Gateways that ask conditions. */
const asking = new Set(['bpmn:exclusiveGateway', 'bpmn:inclusiveGateway']);

/** Which flows carry a condition, and that a condition is an expression. */
export const conditions: Rule = (process, report) => {
  for (const flow of process.flows.values()) {
    const condition = child(flow, 'bpmn:conditionExpression');
    const source = process.nodes.get(flow.attributes.sourceRef ?? '');
    if (!source) continue;
    if (!condition) {
      const alone = process.outgoing(idOf(source)).length < 2;
      const isDefault = source.attributes.default === idOf(flow);
      if (asking.has(source.name) && !alone && !isDefault) {
        report.error(flow, 'bpmn/missing-condition', 'Must have a condition or be default flow');
      }
      continue;
    }
    if (!asking.has(source.name)) {
      const message = 'Conditional sequence flows are only supported at exclusive or inclusive gateway';
      report.error(flow, 'bpmn/misplaced-condition', message);
    }
    const text = condition.text.trim();
    if (!text.startsWith('=')) {
      const message = `Expected expression but found static value '${text}'. An expression must start with '=' (e.g. '=${text}').`;
      report.error(condition, 'bpmn/static-condition', message);
    }
  }
};
