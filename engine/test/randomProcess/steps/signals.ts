import { commands } from '@baton/engine/broker';
import type { StepSource } from './step.ts';

export const signals: StepSource = (scenario) => ({
  onward: [],
  detours:
    scenario.events('SIGNAL_SUBSCRIPTION').length === 0
      ? []
      : [
          () =>
            scenario.within(commands.broadcastSignal({ signalName: 'S1', variables: {} }, scenario.tenantId)),
        ],
});
