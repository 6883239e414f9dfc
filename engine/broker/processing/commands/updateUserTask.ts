import { ok, type UserTaskValue } from '@baton/engine/protocol';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';
import { openUserTask } from './openUserTask.ts';

const UPDATABLE = ['candidateGroups', 'candidateUsers', 'dueDate', 'followUpDate', 'priority'] as const;

/** Changes the attributes that the command names. */
export const updateUserTask: CommandProcessor<'USER_TASK'> = ({ key, value: asked }, context) => {
  const task = openUserTask(key, 'update', context);
  if (!task.ok) return task;
  const changed = UPDATABLE.filter((name) => asked.changedAttributes.includes(name));
  if (changed.includes('priority') && !(asked.priority >= 0 && asked.priority <= 100))
    return refuse(
      'INVALID_ARGUMENT',
      `Expected to update user task with key '${key}' with a priority between 0 and 100, but the priority given was '${asked.priority}'`,
    );
  const attributes: Partial<UserTaskValue> = Object.fromEntries(changed.map((name) => [name, asked[name]]));
  const value = { ...task.value.value, ...attributes, action: asked.action, changedAttributes: changed };
  context.event('USER_TASK', 'UPDATING', key, value);
  context.event('USER_TASK', 'UPDATED', key, value);
  context.respond({ valueType: 'USER_TASK', intent: 'UPDATED', key, value });
  return ok();
};
