import { ok, type Rejection, type Result } from '@baton/engine/protocol';
import type { UserTask } from '../../state/userTasks.ts';
import { reach, refuse } from '../refusals.ts';
import type { ProcessingContext } from '../types.ts';

/** The user task that a person's command is about; it takes one only between two transitions. */
export function openUserTask(
  key: number,
  verb: string,
  context: ProcessingContext,
): Result<UserTask, Rejection> {
  const task = reach(context.state.userTasks.get(key), context);
  if (!task)
    return refuse(
      'NOT_FOUND',
      `Expected to ${verb} user task with key '${key}', but no such user task was found`,
    );
  if (task.state === 'CREATED') return ok(task);
  return refuse(
    'INVALID_STATE',
    `Expected to ${verb} user task with key '${key}', but it is in state '${task.state}'`,
  );
}
