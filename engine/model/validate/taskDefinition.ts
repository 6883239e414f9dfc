import { child, childrenNamed, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const tasks = new Set(['bpmn:serviceTask', 'bpmn:sendTask']);
const throwing = new Set(['bpmn:intermediateThrowEvent', 'bpmn:endEvent']);
const isJob = (node: XmlElement) =>
  tasks.has(node.name) ||
  (throwing.has(node.name) && child(node, 'bpmn:messageEventDefinition') !== undefined);

/** What a job worker executes names the type of its jobs. */
export const taskDefinition: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    if (!isJob(node)) continue;
    const definitions = childrenNamed(child(node, 'bpmn:extensionElements'), 'zeebe:taskDefinition');
    if (definitions.length !== 1) {
      const message = "Must have exactly one 'zeebe:taskDefinition' extension element";
      report.error(node, 'bpmn/missing-task-definition', message);
    } else if (!definitions[0]!.attributes.type) {
      const message = "Attribute 'type' must be present and not empty";
      report.error(definitions[0]!, 'bpmn/missing-task-definition', message);
    }
  }
};
