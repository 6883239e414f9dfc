import type { BoundaryTrigger, ElementOf, ExecutableElement } from '@baton/engine/model';
import { failed, ok, type Result } from '@baton/engine/protocol';
import { contextOf, type ElementContext, elementOf } from '../elementContext.ts';
import { callerOf } from './calledInstances.ts';

/** Stands for the element in the records of an error that nobody caught. */
export const NO_CATCH_EVENT_FOUND = 'NO_CATCH_EVENT_FOUND';

export interface Catcher {
  event: ElementOf<'BOUNDARY_EVENT' | 'START_EVENT'>;
  /** The element that the event is attached to, or the scope in which the event sub-process begins. */
  context: ElementContext;
}

/** The code that an event catches, '' for all; undefined when it catches nothing of the kind. */
type CodeOf = (trigger: BoundaryTrigger) => string | undefined;

const errorCode: CodeOf = (trigger) => (trigger.kind === 'error' ? (trigger.errorCode ?? '') : undefined);
const escalationCode: CodeOf = (trigger) =>
  trigger.kind === 'escalation' ? (trigger.escalationCode ?? '') : undefined;

/** Who catches an error thrown in the element. The failure lists the codes that could have been caught, of a level the last modelled first. */
export function findErrorCatcher(code: string, thrower: ElementContext): Result<Catcher, string[]> {
  return findCatcher(code, errorCode, thrower);
}

export function findEscalationCatcher(code: string, thrower: ElementContext): Result<Catcher, string[]> {
  return findCatcher(code, escalationCode, thrower);
}

/**
 * Looks outward: the boundary events of the element, then those of the scopes around it together with the event sub-processes
 * in them, and of the call activities that these belong to. On one level the event with the code goes before the one for all
 * codes, and an event sub-process before a boundary event. What was interrupted catches nothing any more.
 */
function findCatcher(
  code: string,
  codeOf: CodeOf,
  { processing, key }: ElementContext,
): Result<Catcher, string[]> {
  const { state } = processing;
  const available: string[] = [];
  for (let instance = state.elementInstances.get(key); instance; ) {
    if (instance.state === 'ACTIVATED' && instance.interruptedBy === '') {
      const context = contextOf(instance, processing);
      let forAll: Catcher['event'] | undefined;
      const ofLevel: string[] = [];
      const ofHandlers: string[] = [];
      for (const id of catching(elementOf(context))) {
        const event = context.process.elements.get(id) as Catcher['event'];
        const caught = codeOf(event.trigger as BoundaryTrigger);
        if (caught === undefined) continue;
        if (caught === code) return ok({ event, context });
        if (caught === '') forAll ??= event;
        else if (event.type === 'BOUNDARY_EVENT') ofLevel.push(caught);
        else ofHandlers.unshift(caught);
      }
      if (forAll) return ok({ event: forAll, context });
      available.push(...ofLevel, ...ofHandlers);
    }
    instance = state.elementInstances.get(instance.value.flowScopeKey) ?? callerOf(instance.value, state);
  }
  return failed(available);
}

function catching(element: ExecutableElement): readonly string[] {
  const { boundaryEvents } = element;
  return 'handlers' in element ? [...element.handlers, ...boundaryEvents] : boundaryEvents;
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
