import type { JsonObject } from '@baton/engine/protocol';
import type { ProcessingContext } from '../types.ts';
import { isEmpty } from './variables.ts';

/** The work of a task is done: what it brought waits at the element until the output mappings take it. */
export function completeTask(
  elementInstanceKey: number,
  variables: JsonObject,
  processing: ProcessingContext,
): void {
  const instance = processing.state.elementInstances.get(elementInstanceKey);
  if (!instance) return;
  const { key, value } = instance;
  if (!isEmpty(variables))
    processing.event('PROCESS_EVENT', 'TRIGGERING', processing.nextKey(), {
      scopeKey: key,
      targetElementId: value.elementId,
      variables,
      processDefinitionKey: value.processDefinitionKey,
      processInstanceKey: value.processInstanceKey,
    });
  processing.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', key, value);
}
