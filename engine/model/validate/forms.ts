import { child, childrenNamed, extension, idOf } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** A form is named in one way; what a process brings along as a form has an id and a text. */
export const forms: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    if (node.name !== 'bpmn:userTask' && node.name !== 'bpmn:startEvent') continue;
    const form = extension(node, 'formDefinition');
    if (!form) continue;
    const native = extension(node, 'userTask') !== undefined;
    const ways = native ? ['formId', 'externalReference'] : ['formId', 'formKey'];
    if (ways.filter((name) => form.attributes[name]?.trim()).length === 1) continue;
    const message = `Exactly one of the attributes '${ways.join(', ')}' must be present and not blank${
      native ? ' for native user tasks' : ''
    }`;
    report.error(form, 'bpmn/form', message);
  }
  const brought = childrenNamed(child(process.process, 'bpmn:extensionElements'), 'zeebe:userTaskForm');
  for (const form of brought) {
    if (idOf(form) === '') report.error(form, 'bpmn/missing-id', 'Element id must be present and not empty.');
    if (form.text.trim() === '')
      report.error(form, 'bpmn/form', 'User task form text content has to be present and not empty');
  }
};
