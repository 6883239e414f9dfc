import { conditions } from './conditions.ts';
import { jobs } from './jobs.ts';
import { messages } from './messages.ts';
import { migrations } from './migrations.ts';
import { modifications } from './modifications.ts';
import { signals } from './signals.ts';
import type { StepSource } from './step.ts';
import { time } from './time.ts';
import { userTasks } from './userTasks.ts';

export type { Step } from './step.ts';

const sources: readonly StepSource[] = [
  jobs,
  userTasks,
  messages,
  signals,
  conditions,
  time,
  modifications,
  migrations,
];

/** All that could happen next. */
export const possibleSteps: StepSource = (scenario, process) => {
  const found = sources.map((source) => source(scenario, process));
  return {
    onward: found.flatMap(({ onward }) => onward),
    detours: found.flatMap(({ detours }) => detours),
  };
};
