import { child, childrenNamed, idOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** Gateways that ask conditions. */
const asking = new Set(['bpmn:exclusiveGateway', 'bpmn:inclusiveGateway']);

/** The real broker asks only about flows that their source names. */
function names(source: XmlElement, flow: XmlElement): boolean {
  return childrenNamed(source, 'bpmn:outgoing').some(({ text }) => text.trim() === idOf(flow));
}

/** Which flows carry a condition, and that a condition is an expression. */
export const conditions: Rule = (process, report) => {
  for (const flow of process.flows.values()) {
    const condition = child(flow, 'bpmn:conditionExpression');
    const source = process.nodes.get(flow.attributes.sourceRef ?? '');
    if (!source) continue;
    if (!condition) {
      const alone = process.outgoing(idOf(source)).length < 2;
      const isDefault = source.attributes.default === idOf(flow);
      if (asking.has(source.name) && !alone && !isDefault && names(source, flow)) {
        report.error(flow, 'bpmn/missing-condition', 'Must have a condition or be default flow');
      }
      continue;
    }
    if (!asking.has(source.name) && names(source, flow)) {
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
