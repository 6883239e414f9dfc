import { ok, type VariableDocumentValue } from '@baton/engine/protocol';
import type { UserTask } from '../../state/userTasks.ts';
import { beginTransition } from '../behaviors/userTaskTransitions.ts';
import { isEmpty, propagate, setLocal } from '../behaviors/variables.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';

export const updateVariables: CommandProcessor<'VARIABLE_DOCUMENT'> = ({ value }, context) => {
  const { scopeKey, updateSemantics, variables } = value;
  const scope = reach(context.state.elementInstances.get(scopeKey), context);
  if (!scope || scope.state === 'TERMINATING')
    return refuse(
      'NOT_FOUND',
      `Expected to update variables for element with key '${scopeKey}', but no such element was found`,
    );
  const task = context.state.userTasks.get(scope.userTaskKey);
  if (task) return updateByTask(task, value, context);
  const update = updateSemantics === 'LOCAL' ? setLocal : propagate;
  update(variables, scopeKey, scope.value, context);
  const key = context.nextKey();
  context.event('VARIABLE_DOCUMENT', 'UPDATED', key, value);
  context.respond({ valueType: 'VARIABLE_DOCUMENT', intent: 'UPDATED', key, value });
  return ok();
};

/** The variables of a user task change by a transition of it, which its listeners may hold up or deny. */
function updateByTask(task: UserTask, value: VariableDocumentValue, context: ProcessingContext) {
  if (task.state !== 'CREATED')
    return refuse(
      'INVALID_STATE',
      `Expected to trigger update transition for user task with key '${task.key}', but it is in state '${task.state}'`,
    );
  const key = context.nextKey();
  context.event('VARIABLE_DOCUMENT', 'UPDATING', key, value);
  const { variables } = value;
  const changed = { ...task.value, variables, changedAttributes: isEmpty(variables) ? [] : ['variables'] };
  const through = beginTransition('UPDATING', changed, context);
  context.respond({ valueType: 'VARIABLE_DOCUMENT', intent: through ? 'UPDATED' : 'UPDATING', key, value });
  return ok();
}
