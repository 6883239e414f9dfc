import { ok } from '@baton/engine/protocol';
import { applyAttributes, beginTransition, differ } from '../behaviors/userTaskTransitions.ts';
import type { CommandProcessor } from '../types.ts';
import { openUserTask } from './openUserTask.ts';

/** Changes the attributes that the command names; whether they make sense is for the doors to say. */
export const updateUserTask: CommandProcessor<'USER_TASK'> = ({ key, value: asked }, context) => {
  const task = openUserTask(key, 'update', context);
  if (!task.ok) return task;
  const before = task.value.value;
  const updated = applyAttributes(before, asked, asked.changedAttributes);
  const value = {
    ...updated,
    action: asked.action || 'update',
    changedAttributes: asked.changedAttributes.filter((name) => differ(name, updated, before)),
  };
  const through = beginTransition('UPDATING', value, context);
  context.respond({ valueType: 'USER_TASK', intent: through ? 'UPDATED' : 'UPDATING', key, value });
  return ok();
};
