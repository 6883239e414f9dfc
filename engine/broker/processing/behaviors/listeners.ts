import type { JsonObject } from '@baton/engine/protocol';
import type { ProcessingContext } from '../types.ts';
import { setLocal } from './variables.ts';

/** What a start listener brings is local to the element; what an end listener brings is local to its scope. */
export function completeListener(
  elementInstanceKey: number,
  variables: JsonObject,
  processing: ProcessingContext,
): void {
  const instance = processing.state.elementInstances.get(elementInstanceKey);
  if (!instance) return;
  const { key, value, state } = instance;
  if (state === 'ACTIVATING') setLocal(variables, key, value, processing);
  else setLocal(variables, value.flowScopeKey < 0 ? key : value.flowScopeKey, value, processing);
  processing.command('PROCESS_INSTANCE', 'COMPLETE_EXECUTION_LISTENER', key, value);
}
