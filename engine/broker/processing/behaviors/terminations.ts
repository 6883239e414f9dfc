import type { ProcessInstanceBatchValue, ProcessInstanceValue } from '@baton/engine/protocol';
import type { ElementInstance } from '../../state/elementInstances.ts';
import { contextOf, elementOf } from '../elementContext.ts';
import { terminate } from '../elementSteps.ts';
import type { ProcessingContext } from '../types.ts';

/**
 * Ends an element instance and what is in it, in one step instead of by commands: all of it begins to end, the newest of a scope
 * first, then it is gone the other way round. Other instances of its body do not follow, and listeners of user tasks are not asked.
 */
export function terminateAtOnce(instance: ElementInstance, processing: ProcessingContext): void {
  const { elementInstances } = processing.state;
  const ending = [instance];
  const ended: (() => void)[] = [];
  let allBegun = false;
  const command: ProcessingContext['command'] = (valueType, intent, key, value) => {
    const inner = intent === 'TERMINATE_ELEMENT' ? elementInstances.get(key) : undefined;
    if (inner) ending.push(inner);
    else if (valueType === 'PROCESS_INSTANCE_BATCH' && intent === 'TERMINATE') {
      const { batchElementInstanceKey } = value as ProcessInstanceBatchValue;
      for (const child of elementInstances.children(batchElementInstanceKey)) ending.push(child);
    } else if (valueType !== 'PROCESS_INSTANCE' || !concernsBody(value as ProcessInstanceValue, processing))
      processing.command(valueType, intent, key, value);
  };
  const beforeGone: ProcessingContext['beforeGone'] = (gone) => {
    if (allBegun) gone();
    else ended.push(gone);
  };
  const inline: ProcessingContext = Object.create(processing, {
    command: { value: command },
    beforeGone: { value: beforeGone },
    skipsTaskListeners: { value: true },
  });
  for (let next = ending.pop(); next; next = ending.pop()) end(next, inline);
  allBegun = true;
  for (let gone = ended.pop(); gone; gone = ended.pop()) gone();
}

function end(instance: ElementInstance, processing: ProcessingContext): void {
  const task = processing.state.userTasks.get(instance.userTaskKey);
  // a user task whose listeners hold it up waits for them no longer
  if (instance.state === 'TERMINATING' && !task) return;
  const context = contextOf(instance, processing);
  terminate(elementOf(context), context);
}

/** The body is asked to end, or to make its next instance. */
function concernsBody(value: ProcessInstanceValue, { state }: ProcessingContext): boolean {
  if (value.bpmnElementType === 'MULTI_INSTANCE_BODY') return true;
  return state.elementInstances.get(value.flowScopeKey)?.value.bpmnElementType === 'MULTI_INSTANCE_BODY';
}

/** Scopes that are left empty are ended too, the innermost first, unless something is about to begin in them. */
export function terminateEmptied(
  scopeKey: number,
  needed: ReadonlySet<number>,
  processing: ProcessingContext,
  mayEnd: (scope: ElementInstance) => boolean,
): boolean {
  const { elementInstances } = processing.state;
  for (let scope = elementInstances.get(scopeKey); scope && !needed.has(scope.key); ) {
    if (scope.state !== 'ACTIVATED' || scope.interruptedBy !== '') return true;
    if (scope.children > 0 || scope.activeFlows > 0) return true;
    if (!mayEnd(scope)) return false;
    terminateAtOnce(scope, processing);
    scope = elementInstances.get(scope.value.flowScopeKey);
  }
  return true;
}
