import type { Rule } from './rule.ts';

/** Where sequence flows may not lead to, and not start. */
export const flowEnds: Rule = (process, report) => {
  for (const [id, node] of process.nodes) {
    const entered = process.incoming(id).length > 0;
    if (entered && node.name === 'bpmn:boundaryEvent') {
      report.error(node, 'bpmn/flow-end', 'Cannot have incoming sequence flows');
    }
    if (node.name === 'bpmn:endEvent' && process.outgoing(id).length > 0) {
      report.error(
        node,
        'bpmn/flow-end',
        'End events must not have outgoing sequence flows to other elements.',
      );
    }
  }
};
