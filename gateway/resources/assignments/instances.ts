import type { Assignment } from '@baton/infra/store';

/** An agent instance, as seen from outside. Times are epoch ms. */
export interface InstanceView {
  state: 'idle' | 'running' | 'collected';
  /** Jobs it is at. */
  running: number;
  startedAt: number | undefined;
  lastUsedAt: number | undefined;
}

/** The agent instances of this process, one for each assignment. */
export interface AssignedInstances {
  /** Makes it, so that the first job finds it; one that cannot be made now is made by that job. */
  begin(assignment: Assignment): void;
  view(assignment: Assignment): InstanceView;
  /** It takes no more jobs; those it is at end by themselves. */
  end(assignment: Assignment): void;
}
