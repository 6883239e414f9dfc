import { ok } from '@baton/engine/protocol';
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
  const value = { ...before, assignee, action, changedAttributes: ['assignee'] };
  context.event('USER_TASK', 'CLAIMING', key, value);
  context.event('USER_TASK', 'ASSIGNED', key, value);
  context.respond({ valueType: 'USER_TASK', intent: 'ASSIGNED', key, value });
  return ok();
};
