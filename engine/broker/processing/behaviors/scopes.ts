import type { ExecutableElement } from '@baton/engine/model';
import type { JsonObject, ProcessInstanceValue, Result } from '@baton/engine/protocol';
import type { ElementInstance } from '../../state/elementInstances.ts';
import type { State } from '../../state/state.ts';
import { type ElementContext, ENTERED_WITHOUT_FLOW, sibling } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { openEvents } from './catchEvents.ts';
import { setLocal } from './variables.ts';

/** Containers around an element, the process first. */
export function containersOf(
  element: ExecutableElement,
  { process }: Pick<ElementContext, 'process'>,
): ExecutableElement[] {
  const containers: ExecutableElement[] = [];
  for (let scope = process.elements.get(element.scopeId); scope; scope = process.elements.get(scope.scopeId))
    containers.unshift(scope);
  return containers;
}

/**
 * Makes a scope for what is to be entered inside it: without its start event and its input mappings (as observed). `instance`
 * is the process instance, which may be the scope itself.
 */
export function openScope(
  element: ExecutableElement,
  { key, flowScopeKey, variables = [] }: { key: number; flowScopeKey: number; variables?: JsonObject[] },
  instance: ProcessInstanceValue,
  { processing, process }: Pick<ElementContext, 'processing' | 'process'>,
): Result<void, Failure> {
  const value = { ...sibling(instance, element.id, element.type), flowScopeKey };
  processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATING', key, value, ENTERED_WITHOUT_FLOW);
  for (const each of variables) setLocal(each, key, value, processing);
  processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED', key, value);
  const handlers = 'handlers' in element ? element.handlers : [];
  return openEvents([...element.boundaryEvents, ...handlers], { processing, process, key, value });
}

/** Active instances of a container within a scope, however deep. */
export function activeInstances(elementId: string, scopeKey: number, state: State): ElementInstance[] {
  const found: ElementInstance[] = [];
  for (const child of state.elementInstances.children(scopeKey)) {
    const { value } = child;
    if (value.elementId === elementId && value.bpmnElementType !== 'MULTI_INSTANCE_BODY') {
      if (child.state === 'ACTIVATED') found.push(child);
    } else if (child.children > 0) found.push(...activeInstances(elementId, child.key, state));
  }
  return found;
}
