import type { ElementOf } from '@baton/engine/model';
import { failed, ok, type Result } from '@baton/engine/protocol';
import { contextOf, type ElementContext, elementOf } from '../elementContext.ts';
import { callerOf } from './calledInstances.ts';

/** Stands for the element in the records of an error that nobody caught. */
export const NO_CATCH_EVENT_FOUND = 'NO_CATCH_EVENT_FOUND';

export interface ErrorCatcher {
  event: ElementOf<'BOUNDARY_EVENT'>;
  /** The element that the event is attached to. */
  context: ElementContext;
}

/**
 * Who catches an error thrown in the element: its own boundary events, then those of the scopes around it, and of the
 * call activities that these belong to. On one level
 * the event with the code goes before the one for all codes. The failure lists the codes that could have been caught.
 */
export function findCatcher(
  errorCode: string,
  { processing, key }: ElementContext,
): Result<ErrorCatcher, string[]> {
  const { state } = processing;
  const available: string[] = [];
  for (let instance = state.elementInstances.get(key); instance; ) {
    if (instance.state === 'ACTIVATED') {
      const context = contextOf(instance, processing);
      let forAll: ElementOf<'BOUNDARY_EVENT'> | undefined;
      for (const id of elementOf(context).boundaryEvents) {
        const event = context.process.elements.get(id) as ElementOf<'BOUNDARY_EVENT'>;
        if (event.trigger.kind !== 'error') continue;
        if (event.trigger.errorCode === errorCode) return ok({ event, context });
        if (event.trigger.errorCode === undefined) forAll ??= event;
        else available.push(event.trigger.errorCode);
      }
      if (forAll) return ok({ event: forAll, context });
    }
    instance = state.elementInstances.get(instance.value.flowScopeKey) ?? callerOf(instance.value, state);
  }
  return failed(available);
}

export function uncaughtErrorMessage(
  errorCode: string,
  message: string,
  available: readonly string[],
): string {
  return (
    `Expected to throw an error event with the code '${errorCode}'` +
    (message === '' ? '' : ` with message '${message}'`) +
    ', but it was not caught.' +
    (available.length === 0
      ? ' No error events are available in the scope.'
      : ` Available error events are [${available.join(', ')}]`)
  );
}
