import { ok } from '@baton/engine/protocol';
import { beginTransition } from '../behaviors/userTaskTransitions.ts';
import type { CommandProcessor } from '../types.ts';
import { openUserTask } from './openUserTask.ts';

export const completeUserTask: CommandProcessor<'USER_TASK'> = (
  { key, value: { variables, action } },
  context,
) => {
  const task = openUserTask(key, 'complete', context);
  if (!task.ok) return task;
  const value = { ...task.value.value, variables, action: action || 'complete', changedAttributes: [] };
  const through = beginTransition('COMPLETING', value, context);
  context.respond({ valueType: 'USER_TASK', intent: through ? 'COMPLETED' : 'COMPLETING', key, value });
  return ok();
};
