import { child, childrenNamed } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** What a job worker executes names the type of its jobs. */
export const taskDefinition: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    if (node.name !== 'bpmn:serviceTask') continue;
    const definitions = childrenNamed(child(node, 'bpmn:extensionElements'), 'zeebe:taskDefinition');
    if (definitions.length !== 1) {
      const message = "Must have exactly one 'zeebe:taskDefinition' extension element";
      report.error(node, 'bpmn/missing-task-definition', message);
    } else if (!definitions[0]!.attributes.type) {
      const message = 'Expected expression but not found.';
      report.error(definitions[0]!, 'bpmn/missing-task-definition', message);
    }
  }
};
