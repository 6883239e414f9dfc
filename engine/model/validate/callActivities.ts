import { child, childrenNamed } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** A call activity names the process it calls. */
export const callActivities: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    if (node.name !== 'bpmn:callActivity') continue;
    const all = childrenNamed(child(node, 'bpmn:extensionElements'), 'zeebe:calledElement');
    const called = all[0];
    if (!called || all.length > 1) {
      const message = "Must have exactly one 'zeebe:calledElement' extension element";
      report.error(node, 'bpmn/called-element', message);
      continue;
    }
    if (called.attributes.processId) continue;
    report.error(called, 'bpmn/called-element', 'Expected expression but not found.');
  }
};
