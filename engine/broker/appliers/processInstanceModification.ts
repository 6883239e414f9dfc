import type { Applier } from '../processing/types.ts';
import { chosen } from './processInstance.ts';

/** What was chosen to be activated is under way in its scope until it is entered. */
export const processInstanceModified: Applier<'PROCESS_INSTANCE_MODIFICATION'> = (state, { value }) => {
  for (const { elementId, ancestorScopeKeys } of value.activateInstructions) {
    const scope = state.elementInstances.get(ancestorScopeKeys[0]!);
    if (!scope) continue;
    const process = state.processes.executable(scope.value.processDefinitionKey);
    chosen(state, process, scope.key, process.elements.get(elementId)!);
  }
};
