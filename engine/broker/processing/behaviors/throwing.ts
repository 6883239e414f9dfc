import type { ExecutableElement, ThrowDefinition } from '@baton/engine/model';
import { failed, ok, type Result } from '@baton/engine/protocol';
import type { ElementContext } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { compensate } from './compensation.ts';
import { endless, MAX_THROW_DEPTH } from './endlessThrows.ts';
import { findErrorCatcher, findEscalationCatcher, uncaughtErrorMessage } from './errors.ts';
import { triggerEvent } from './eventTriggers.ts';
import { evaluateString } from './expressions.ts';
import { cancelJob, createJob, evaluateJob } from './jobs.ts';
import { applyInputMappings } from './mappings.ts';
import { activated, requestCompletion, terminateInstantly } from './transitions.ts';

type Thrower<K extends ThrowDefinition['kind']> = (
  definition: Extract<ThrowDefinition, { kind: K }>,
  elementId: string,
  context: ElementContext,
) => Result<void, Failure>;

/** What entering an event that throws does, by what it throws. */
const throwers: { readonly [K in ThrowDefinition['kind']]: Thrower<K> } = {
  none(_definition, _id, context) {
    activated(context);
    requestCompletion(context);
    return ok();
  },
  /** Whoever catches the error ends the event with its scope: it is never completed. */
  error({ errorCode }, _id, context) {
    const code = evaluateString(errorCode, context.key, context.processing);
    if (!code.ok) return code;
    const catcher = findErrorCatcher(code.value, context);
    if (!catcher.ok)
      return failed({
        errorType: 'UNHANDLED_ERROR_EVENT',
        message: uncaughtErrorMessage(code.value, '', catcher.failure),
      });
    activated(context);
    triggerEvent(catcher.value.event.id, {}, catcher.value.context);
    return ok();
  },
  /** Goes on by itself unless the one who catches it ends the scope; nobody has to catch it. */
  escalation({ escalationCode }, throwElementId, context) {
    const { processing, key, value } = context;
    const code = evaluateString(escalationCode, key, processing);
    if (!code.ok) return code;
    const catcher = findEscalationCatcher(code.value, context);
    if (catcher.ok && processing.throwDepth >= MAX_THROW_DEPTH)
      return failed({ errorType: 'UNKNOWN', message: endless(`the escalation '${code.value}'`) });
    activated(context);
    const escalationKey = processing.nextKey();
    if (catcher.ok) {
      const { event, context: scope } = catcher.value;
      processing.thrown(() => triggerEvent(event.id, {}, scope));
    }
    const intent = catcher.ok ? 'ESCALATED' : 'NOT_ESCALATED';
    processing.event('ESCALATION', intent, escalationKey, {
      processInstanceKey: value.processInstanceKey,
      escalationCode: code.value,
      throwElementId,
      catchElementId: catcher.ok ? catcher.value.event.id : '',
    });
    if (!catcher.ok || !catcher.value.event.interrupting) requestCompletion(context);
    return ok();
  },
  /** Waits until all that it undoes is undone. */
  compensation({ activity }, _id, context) {
    activated(context);
    if (!compensate(activity, context)) requestCompletion(context);
    return ok();
  },
  /** Whoever waits gets what the input mappings make. */
  signal({ name }, _id, context) {
    const { processing, key } = context;
    const signalName = evaluateString(name, key, processing);
    if (!signalName.ok) return signalName;
    if (processing.throwDepth >= MAX_THROW_DEPTH)
      return failed({ errorType: 'UNKNOWN', message: endless(`the signal '${signalName.value}'`) });
    activated(context);
    const variables = processing.state.variables.local(key);
    const signal = { signalName: signalName.value, variables };
    processing.thrown(() => processing.command('SIGNAL', 'BROADCAST', -1, signal));
    requestCompletion(context);
    return ok();
  },
  job(definition, _id, context) {
    const job = evaluateJob(definition, context);
    if (!job.ok) return job;
    createJob(job.value, context);
    activated(context);
    return ok();
  },
};

/** The event is ended from outside, the job of its worker with it. */
export function terminateThrowing(element: ExecutableElement, context: ElementContext): void {
  cancelJob(context);
  terminateInstantly(element, context);
}

/** Input mappings are for what the event takes along; what takes nothing along has none. */
export function prepareThrowing(
  kind: 'terminate' | 'link' | ThrowDefinition['kind'],
  element: ExecutableElement,
  context: ElementContext,
): Result<void, Failure> {
  return kind === 'signal' || kind === 'job' ? applyInputMappings(element, context) : ok();
}

export function throwEvent(
  definition: ThrowDefinition,
  elementId: string,
  context: ElementContext,
): Result<void, Failure> {
  return (throwers[definition.kind] as Thrower<ThrowDefinition['kind']>)(definition, elementId, context);
}
