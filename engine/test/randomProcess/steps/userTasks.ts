import { commands } from '@baton/engine/broker';
import type { StepSource } from './step.ts';

export const userTasks: StepSource = (scenario) => {
  const closed = new Set(
    scenario
      .events('USER_TASK')
      .filter(({ intent }) => ['COMPLETED', 'CANCELED'].includes(intent))
      .map(({ key }) => key),
  );
  const open = scenario.events('USER_TASK', 'CREATED').filter(({ key }) => !closed.has(key));
  return {
    onward: open.map(
      ({ key }) =>
        () =>
          scenario.execute(commands.completeUserTask(key, { done: key }, 'complete')),
    ),
    detours: open.map(
      ({ key }) =>
        () =>
          scenario.execute(commands.assignUserTask(key, 'ann', 'assign')),
    ),
  };
};
