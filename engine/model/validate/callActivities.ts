import { child, childrenNamed } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const bindings = ['deployment', 'latest', 'versionTag'];

/** A call activity names the process it calls, and which version of it. */
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
    const { processId, bindingType = 'latest', versionTag } = called.attributes;
    const required = (attribute: string) =>
      report.error(called, 'bpmn/called-element', `Attribute '${attribute}' must be present and not empty`);
    if (!processId) required('processId');
    if (!bindings.includes(bindingType)) {
      const message = `Attribute 'bindingType' must be one of: ${bindings.join(', ')}`;
      report.error(called, 'bpmn/called-element', message);
    }
    if (bindingType === 'versionTag' && !versionTag) required('versionTag');
  }
};
