import type { ElementOf, ExecutableContainer } from '@baton/engine/model';
import { type JsonObject, ok, type Result } from '@baton/engine/protocol';
import { contextOf, type ElementContext, elementOf } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { closeEvents, enterHandler, eventValue, isOpen, openEvents } from './catchEvents.ts';
import { terminateChildren } from './transitions.ts';

/**
 * The start event is passed: from now on its scope waits, for its boundary events and those of the event sub-processes in it.
 * What the output mappings of the start event made can be looked at.
 */
export function openScope(
  { opens, scopeId }: ElementOf<'START_EVENT'>,
  { processing, process, value }: ElementContext,
): Result<void, Failure> {
  if (opens.length === 0 && scopeId === process.root.id) return ok();
  const scope = processing.state.elementInstances.get(value.flowScopeKey)!;
  const context = contextOf(scope, processing);
  return openEvents([...opens, ...elementOf(context).boundaryEvents], context);
}

/**
 * An event sub-process begins in the scope in `context`. An interrupting one ends everything else in the scope first, and
 * begins when that is gone; from then on nothing else begins there.
 */
export function triggerHandler(
  start: ElementOf<'START_EVENT'>,
  variables: JsonObject,
  context: ElementContext,
): void {
  const { processing, key } = context;
  const scope = processing.state.elementInstances.get(key);
  if (!scope || !isOpen(context) || scope.interruptedBy !== '') return;
  const trigger = { key: processing.nextKey(), variables };
  processing.event('PROCESS_EVENT', 'TRIGGERING', trigger.key, eventValue(start.id, key, variables, context));
  if (start.interrupting) {
    closeEvents(context, (elementOf(context) as ExecutableContainer).handlers);
    if (scope.children > 0) {
      terminateChildren(context);
      return;
    }
  }
  enterHandler(start, trigger, context);
}
