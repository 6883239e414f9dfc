import type { JobValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';
import { keyPart } from './tableKey.ts';

export type JobState = 'ACTIVATABLE' | 'ACTIVATED' | 'FAILED' | 'ERROR_THROWN';

export interface Job {
  readonly key: number;
  readonly tenantId: string;
  readonly state: JobState;
  readonly value: JobValue;
}

/** Jobs, with the indexes that follow from state, deadline and back-off. */
export interface Jobs {
  get(key: number): Job | undefined;
  /** Replaces the job and brings the indexes in line with it. */
  put(job: Job): void;
  remove(key: number): void;
  /** Keys of activatable jobs of a type, oldest key first. */
  activatable(type: string, tenantId: string): Iterable<number>;
  /** Activated jobs, nearest deadline first. */
  deadlines(until?: number): Iterable<{ at: number; key: number }>;
  /** Failed jobs that come back, nearest first. */
  backoffs(until?: number): Iterable<{ at: number; key: number }>;
}

export function createJobs(store: Store): Jobs {
  const jobs = store.table<number, Job>('jobs');
  const activatable = store.table<[string, string, number], true>('activatableJobs');
  const deadlines = store.table<[number, number], true>('jobDeadlines');
  const backoffs = store.table<[number, number], true>('jobBackoffs');

  const unindex = (job: Job) => {
    if (job.state === 'ACTIVATABLE') activatable.delete([keyPart(job.value.type), job.tenantId, job.key]);
    else if (job.state === 'ACTIVATED') deadlines.delete([job.value.deadline, job.key]);
    else if (job.value.recurringTime >= 0) backoffs.delete([job.value.recurringTime, job.key]);
  };
  const index = (job: Job) => {
    if (job.state === 'ACTIVATABLE') activatable.put([keyPart(job.value.type), job.tenantId, job.key], true);
    else if (job.state === 'ACTIVATED') deadlines.put([job.value.deadline, job.key], true);
    else if (job.value.recurringTime >= 0) backoffs.put([job.value.recurringTime, job.key], true);
  };
  function* due(table: typeof deadlines, until: number | undefined) {
    for (const { key } of table.range(until === undefined ? undefined : { end: [until + 1, 0] }))
      yield { at: key[0], key: key[1] };
  }

  return {
    get: (key) => jobs.get(key),
    put(job) {
      const before = jobs.get(job.key);
      if (before) unindex(before);
      index(job);
      jobs.put(job.key, job);
    },
    remove(key) {
      const job = jobs.get(key);
      if (!job) return;
      unindex(job);
      jobs.delete(key);
    },
    *activatable(type, tenantId) {
      const part = keyPart(type);
      const range = {
        start: [part, tenantId, 0] as [string, string, number],
        end: [part, tenantId, Number.MAX_VALUE] as [string, string, number],
      };
      for (const { key } of activatable.range(range)) yield key[2];
    },
    deadlines: (until) => due(deadlines, until),
    backoffs: (until) => due(backoffs, until),
  };
}
