import { ok } from '@baton/engine/protocol';
import { completeTask } from '../behaviors/tasks.ts';
import type { CommandProcessor } from '../types.ts';
import { openUserTask } from './openUserTask.ts';

export const completeUserTask: CommandProcessor<'USER_TASK'> = (
  { key, value: { variables, action } },
  context,
) => {
  const task = openUserTask(key, 'complete', context);
  if (!task.ok) return task;
  const value = { ...task.value.value, variables, action, changedAttributes: [] };
  context.event('USER_TASK', 'COMPLETING', key, value);
  context.event('USER_TASK', 'COMPLETED', key, value);
  completeTask(value.elementInstanceKey, variables, context);
  context.respond({ valueType: 'USER_TASK', intent: 'COMPLETED', key, value });
  return ok();
};
