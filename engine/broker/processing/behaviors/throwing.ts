import type { ThrowDefinition } from '@baton/engine/model';
import { failed, ok, type Result } from '@baton/engine/protocol';
import type { ElementContext } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { triggerBoundaryEvent } from './boundaryEvents.ts';
import { findCatcher, uncaughtErrorMessage } from './errors.ts';
import { evaluateString } from './expressions.ts';
import { activated, requestCompletion } from './transitions.ts';

type Thrower<K extends ThrowDefinition['kind']> = (
  definition: Extract<ThrowDefinition, { kind: K }>,
  context: ElementContext,
) => Result<void, Failure>;

/** What entering an event that throws does, by what it throws. */
const throwers: { readonly [K in ThrowDefinition['kind']]: Thrower<K> } = {
  none(_definition, context) {
    activated(context);
    requestCompletion(context);
    return ok();
  },
  /** Whoever catches the error ends the event with its scope: it is never completed. */
  error({ errorCode }, context) {
    const code = evaluateString(errorCode, context.key, context.processing);
    if (!code.ok) return code;
    const catcher = findCatcher(code.value, context);
    if (!catcher.ok)
      return failed({
        errorType: 'UNHANDLED_ERROR_EVENT',
        message: uncaughtErrorMessage(code.value, '', catcher.failure),
      });
    activated(context);
    triggerBoundaryEvent(catcher.value.event, {}, catcher.value.context);
    return ok();
  },
};

export function throwEvent(definition: ThrowDefinition, context: ElementContext): Result<void, Failure> {
  return (throwers[definition.kind] as Thrower<ThrowDefinition['kind']>)(definition, context);
}
