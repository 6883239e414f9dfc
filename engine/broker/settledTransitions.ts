import {
  type AnyRecord,
  failed,
  ok,
  type Rejection,
  type Result,
  type UserTaskValue,
} from '@baton/engine/protocol';
import type { Broker, CommandRequest } from './broker.ts';
import type { CommandResponse } from './processing/types.ts';

/** Intents of answers that say no more than that a transition has begun: listeners hold it up. */
const begun: ReadonlySet<string> = new Set(['ASSIGNING', 'CLAIMING', 'UPDATING', 'COMPLETING']);

const through: ReadonlySet<string> = new Set(['ASSIGNED', 'UPDATED', 'COMPLETED']);

/** How a denied transition is named. */
const denials: { readonly [intent: string]: string } = {
  ASSIGNMENT_DENIED: 'Assignment',
  UPDATE_DENIED: 'Update',
  COMPLETION_DENIED: 'Completion',
};

/**
 * A command to a user task, or to its variables: answers when the listeners of the task are done with it, and tells what a
 * listener said that denied it. `signal` is aborted when nobody waits for the answer any more.
 */
export async function executeUntilSettled<T extends 'USER_TASK' | 'VARIABLE_DOCUMENT'>(
  broker: Broker,
  request: CommandRequest<T>,
  signal: AbortSignal,
): Promise<Result<CommandResponse, Rejection>> {
  const before = broker.lastPosition;
  const answer = await broker.execute(request);
  if (!answer.ok || !begun.has(answer.value.intent) || signal.aborted) return answer;
  const { valueType, key, value } = answer.value;
  const isOfTask = (record: AnyRecord): record is AnyRecord & { value: UserTaskValue } =>
    record.valueType === 'USER_TASK' &&
    (valueType === 'USER_TASK'
      ? record.key === key
      : record.value.elementInstanceKey === (value as { scopeKey: number }).scopeKey);
  return new Promise((resolve) => {
    const unsubscribe = broker.subscribe(before, (records) => {
      for (const record of records) {
        if (record.recordType !== 'EVENT' || !isOfTask(record)) continue;
        if (through.has(record.intent)) end(ok(answer.value));
        else if (denials[record.intent]) end(failed(denial(record.intent, record.value)));
        else if (record.intent === 'CANCELED') end(failed(canceled(record.key)));
      }
    });
    const gone = () => end(answer);
    signal.addEventListener('abort', gone, { once: true });
    function end(outcome: Result<CommandResponse, Rejection>): void {
      unsubscribe();
      signal.removeEventListener('abort', gone);
      resolve(outcome);
    }
  });

  function denial(
    intent: string,
    { userTaskKey, elementInstanceKey, deniedReason = '' }: UserTaskValue,
  ): Rejection {
    const what =
      valueType === 'VARIABLE_DOCUMENT'
        ? `Variable update for user task instance with key '${elementInstanceKey}'`
        : `${denials[intent]} of the User Task with key '${userTaskKey}'`;
    const reason = `${what} was denied by Task Listener. Reason to deny: '${deniedReason}'`;
    return { type: 'INVALID_STATE', reason };
  }
}

function canceled(key: number): Rejection {
  const reason = `Expected user task with key '${key}' to go on, but it was canceled`;
  return { type: 'INVALID_STATE', reason };
}
