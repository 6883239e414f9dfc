import type { JsonObject } from '@baton/engine/protocol';
import type { ElementContext } from '../elementContext.ts';
import { triggerBoundaryEvent } from './boundaryEvents.ts';
import { triggerElement } from './catchEvents.ts';
import { triggerHandler } from './eventSubProcesses.ts';

/**
 * Something happened that the element in `context` waits for: on its own account, for one of its boundary events, or for an
 * event sub-process in it.
 * Answers whether it waits on for the same.
 */
export function triggerEvent(
  targetElementId: string,
  variables: JsonObject,
  context: ElementContext,
): boolean {
  const target = context.process.elements.get(targetElementId)!;
  if (target.type === 'BOUNDARY_EVENT') {
    triggerBoundaryEvent(target, variables, context);
    return !target.interrupting;
  }
  if (target.type === 'START_EVENT') {
    triggerHandler(target, variables, context);
    return !target.interrupting;
  }
  triggerElement(targetElementId, variables, context);
  return false;
}
