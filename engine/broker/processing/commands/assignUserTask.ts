import { ok } from '@baton/engine/protocol';
import type { CommandProcessor } from '../types.ts';
import { openUserTask } from './openUserTask.ts';

/** Gives the task to somebody, or with '' to nobody. */
export const assignUserTask: CommandProcessor<'USER_TASK'> = (
  { key, value: { assignee, action } },
  context,
) => {
  const task = openUserTask(key, 'assign', context);
  if (!task.ok) return task;
  const value = { ...task.value.value, assignee, action, changedAttributes: ['assignee'] };
  context.event('USER_TASK', 'ASSIGNING', key, value);
  context.event('USER_TASK', 'ASSIGNED', key, value);
  context.respond({ valueType: 'USER_TASK', intent: 'ASSIGNED', key, value });
  return ok();
};
