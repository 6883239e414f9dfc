import { ok } from '@baton/engine/protocol';
import { beginTransition } from '../behaviors/userTaskTransitions.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';
import { openUserTask } from './openUserTask.ts';

/** Takes the task for oneself, unless another has it. */
export const claimUserTask: CommandProcessor<'USER_TASK'> = (
  { key, value: { assignee, action } },
  context,
) => {
  const task = openUserTask(key, 'claim', context);
  if (!task.ok) return task;
  const { value: before } = task.value;
  if (assignee === '')
    return refuse(
      'INVALID_STATE',
      `Expected to claim user task with key '${key}', but provided assignee is empty`,
    );
  if (before.assignee !== '' && before.assignee !== assignee)
    return refuse(
      'INVALID_STATE',
      `Expected to claim user task with key '${key}', but it has already been assigned`,
    );
  const changedAttributes = before.assignee === assignee ? [] : ['assignee'];
  const value = { ...before, assignee, action: action || 'claim', changedAttributes };
  const through = beginTransition('CLAIMING', value, context);
  context.respond({ valueType: 'USER_TASK', intent: through ? 'ASSIGNED' : 'CLAIMING', key, value });
  return ok();
};
