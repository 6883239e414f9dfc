import { ok } from '@baton/engine/protocol';
import { beginTransition } from '../behaviors/userTaskTransitions.ts';
import type { CommandProcessor } from '../types.ts';
import { openUserTask } from './openUserTask.ts';

/** Gives the task to somebody, or with '' to nobody. */
export const assignUserTask: CommandProcessor<'USER_TASK'> = (
  { key, value: { assignee, action } },
  context,
) => {
  const task = openUserTask(key, 'assign', context);
  if (!task.ok) return task;
  const before = task.value.value;
  const changedAttributes = before.assignee === assignee ? [] : ['assignee'];
  const value = { ...before, assignee, action: action || 'assign', changedAttributes };
  const through = beginTransition('ASSIGNING', value, context);
  context.respond({ valueType: 'USER_TASK', intent: through ? 'ASSIGNED' : 'ASSIGNING', key, value });
  return ok();
};
