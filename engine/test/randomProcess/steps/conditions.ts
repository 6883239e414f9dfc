import { commands } from '@baton/engine/broker';
import type { StepSource } from './step.ts';

export const conditions: StepSource = (scenario) => {
  const subscription = scenario.events('CONDITIONAL_SUBSCRIPTION')[0];
  if (!subscription) return { onward: [], detours: [] };
  const { processInstanceKey } = subscription.value;
  const set = (alarm: number) => () =>
    scenario.within(commands.setVariables(processInstanceKey, { alarm }, 'LOCAL'));
  return { onward: [], detours: [set(0), set(1), set(2)] };
};
