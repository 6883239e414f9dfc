import { commands } from '@baton/engine/broker';
import type { StepSource } from './step.ts';

/** One that a transition has hold of answers no command until the listeners of that are done. */
const waits = ['CREATED', 'ASSIGNED', 'UPDATED', 'ASSIGNMENT_DENIED', 'UPDATE_DENIED', 'COMPLETION_DENIED'];

export const userTasks: StepSource = (scenario) => {
  const states = new Map(
    scenario
      .events('USER_TASK')
      .filter(({ intent }) => intent !== 'MIGRATED')
      .map(({ key, intent }) => [key, intent]),
  );
  const open = [...states].filter(([, intent]) => waits.includes(intent)).map(([key]) => key);
  return {
    onward: open.map(
      (key) => () => scenario.execute(commands.completeUserTask(key, { done: key }, 'complete')),
    ),
    detours: open.flatMap((key) => [
      () => scenario.execute(commands.assignUserTask(key, 'ann', 'assign')),
      () => scenario.execute(commands.updateUserTask(key, { priority: 7 }, 'update')),
    ]),
  };
};
