import type { ElementOf } from '@baton/engine/model';
import { failed, ok, type Result } from '@baton/engine/protocol';
import type { ElementContext } from '../elementContext.ts';

/** Stands for the element in the records of an error that nobody caught. */
export const NO_CATCH_EVENT_FOUND = 'NO_CATCH_EVENT_FOUND';

export interface ErrorCatcher {
  event: ElementOf<'BOUNDARY_EVENT'>;
  /** The element that the event is attached to. */
  context: ElementContext;
}

/**
 * Who catches an error thrown in the element: its own boundary events, then those of the scopes around it. On one level
 * the event with the code goes before the one for all codes. The failure lists the codes that could have been caught.
 */
export function findCatcher(errorCode: string, thrower: ElementContext): Result<ErrorCatcher, string[]> {
  const { processing, process } = thrower;
  const available: string[] = [];
  let key = thrower.key;
  for (;;) {
    const instance = processing.state.elementInstances.get(key);
    if (!instance) return failed(available);
    if (instance.state === 'ACTIVATED') {
      const element = process.elements.get(instance.value.elementId)!;
      let forAll: ElementOf<'BOUNDARY_EVENT'> | undefined;
      for (const id of element.boundaryEvents) {
        const event = process.elements.get(id) as ElementOf<'BOUNDARY_EVENT'>;
        if (event.trigger.kind !== 'error') continue;
        const context = { processing, process, key, value: instance.value };
        if (event.trigger.errorCode === errorCode) return ok({ event, context });
        if (event.trigger.errorCode === undefined) forAll ??= event;
        else available.push(event.trigger.errorCode);
      }
      if (forAll) return ok({ event: forAll, context: { processing, process, key, value: instance.value } });
    }
    key = instance.value.flowScopeKey;
  }
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
