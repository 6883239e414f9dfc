import { child, idOf } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** A default flow leaves its own gateway; a gateway without one may come to a stop. */
export const defaultFlow: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    const flow = node.attributes.default;
    const outgoing = process.outgoing(idOf(node));
    if (flow && !outgoing.some((one) => idOf(one) === flow)) {
      report.error(node, 'bpmn/default-flow', 'Default flow must start at gateway');
    }
    if (!/:(ex|in)clusiveGateway$/.test(node.name) || flow || outgoing.length < 2) continue;
    if (outgoing.every((one) => child(one, 'bpmn:conditionExpression'))) {
      const message =
        'Expected a default flow, but every flow has a condition: the process stops when none is true';
      report.warning(node, 'bpmn/no-default-flow', message);
    }
  }
};
