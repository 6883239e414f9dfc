import type { Scenario } from '../../scenario.ts';
import type { RandomProcess } from '../index.ts';

/** Something that could happen next. */
export type Step = () => Promise<unknown>;

export interface Steps {
  /** These bring the instance nearer to its end. */
  onward: Step[];
  /** These need not. */
  detours: Step[];
}

/** What could happen next as far as one kind of thing is concerned. */
export type StepSource = (scenario: Scenario, process: RandomProcess) => Steps;
