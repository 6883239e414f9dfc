import type { Expression } from '@baton/engine/feel';
import type { ExecutableUserTask } from '../executable.ts';
import { extension, type XmlElement } from '../xml/read.ts';
import { bindingOf } from './binding.ts';
import { base, expression, type TransformContext } from './context.ts';
import { taskHeaders } from './taskHeaders.ts';
import { taskListeners } from './taskListeners.ts';

export function userTask(context: TransformContext, element: XmlElement): ExecutableUserTask {
  const attribute = (extensionName: string, name: string): Expression | undefined => {
    const found = extension(element, extensionName);
    return found && expression(context, found, found.attributes[name]);
  };
  const form = extension(element, 'formDefinition')?.attributes;
  const formId = attribute('formDefinition', 'formId');
  return {
    ...base(context, element),
    type: 'USER_TASK',
    implementation: extension(element, 'userTask') ? 'zeebe' : 'job',
    taskListeners: taskListeners(context, element),
    headers: taskHeaders(element),
    assignee: attribute('assignmentDefinition', 'assignee'),
    candidateGroups: attribute('assignmentDefinition', 'candidateGroups'),
    candidateUsers: attribute('assignmentDefinition', 'candidateUsers'),
    dueDate: attribute('taskSchedule', 'dueDate'),
    followUpDate: attribute('taskSchedule', 'followUpDate'),
    priority: attribute('priorityDefinition', 'priority'),
    form: formId && { id: formId, binding: bindingOf(form!) },
    externalFormReference: attribute('formDefinition', 'externalReference'),
    formKey: form?.formKey || undefined,
  };
}
