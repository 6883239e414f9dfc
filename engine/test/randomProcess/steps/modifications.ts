import { commands } from '@baton/engine/broker';
import type { StepSource } from './step.ts';

/** A task is begun again: its instance ends, and another one takes its place in the same scope. */
export const modifications: StepSource = (scenario) => {
  const gone = new Set(
    scenario
      .events('PROCESS_INSTANCE')
      .filter(({ intent }) => ['ELEMENT_COMPLETING', 'ELEMENT_TERMINATING'].includes(intent))
      .map(({ key }) => key),
  );
  const tasks = scenario
    .events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED')
    .filter(
      ({ key, value }) => /^(SERVICE|USER|RECEIVE)_TASK$/.test(value.bpmnElementType) && !gone.has(key),
    );
  return {
    onward: [],
    detours: tasks.map(
      ({ key, value: { processInstanceKey, elementId, flowScopeKey } }) =>
        () =>
          scenario.execute(
            commands.modifyInstance(processInstanceKey, {
              activateInstructions: [
                {
                  elementId,
                  ancestorScopeKey: flowScopeKey,
                  ancestorScopeKeys: [],
                  variableInstructions: [{ variables: { again: key }, elementId }],
                },
              ],
              terminateInstructions: [{ elementInstanceKey: key }],
            }),
          ),
    ),
  };
};
