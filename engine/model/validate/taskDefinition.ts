import type { Report } from '../problems.ts';
import { child, childrenNamed, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** What may stand in the place of the jobs of a worker, by the kind of task. */
const alternatives: { readonly [name: string]: string | undefined } = {
  'bpmn:serviceTask': undefined,
  'bpmn:sendTask': 'publishMessage',
  'bpmn:scriptTask': 'script',
  'bpmn:businessRuleTask': 'calledDecision',
};

/** Messages that events throw are sent by a worker. */
const throwing = new Set(['bpmn:intermediateThrowEvent', 'bpmn:endEvent']);
const isWork = (node: XmlElement) =>
  node.name in alternatives ||
  (throwing.has(node.name) && child(node, 'bpmn:messageEventDefinition') !== undefined);

/** What a job worker executes names the type of its jobs; what the engine executes says what. */
export const taskDefinition: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    if (!isWork(node)) continue;
    const alternative = throwing.has(node.name) ? 'publishMessage' : alternatives[node.name];
    const extensions = child(node, 'bpmn:extensionElements');
    const jobs = childrenNamed(extensions, 'zeebe:taskDefinition');
    const others = alternative === undefined ? [] : childrenNamed(extensions, `zeebe:${alternative}`);
    if (jobs.length + others.length !== 1) {
      const message =
        alternative === undefined
          ? "Must have exactly one 'zeebe:taskDefinition' extension element"
          : `Must have either one 'zeebe:${alternative}' or one 'zeebe:taskDefinition' extension element`;
      report.error(node, 'bpmn/missing-task-definition', message);
      continue;
    }
    for (const job of jobs) {
      if (job.attributes.type) continue;
      report.error(job, 'bpmn/missing-task-definition', 'Expected expression but not found.');
    }
    if (alternative !== 'script') continue;
    for (const script of others) {
      const { expression = '' } = script.attributes;
      if (expression === '') report.error(script, 'bpmn/script', 'Expected expression but not found.');
      else if (!expression.startsWith('='))
        report.error(
          script,
          'bpmn/script',
          `Expected expression but found static value '${expression}'. An expression must start with '=' (e.g. '=${expression}').`,
        );
      required(script, 'resultVariable', report);
    }
  }
};

function required(element: XmlElement, attribute: string, report: Report): void {
  if (element.attributes[attribute]) return;
  report.error(
    element,
    'bpmn/missing-task-definition',
    `Attribute '${attribute}' must be present and not empty`,
  );
}
