import type { ActivatedJob, JobResult, Schedule } from '@baton/engine/client';
import type { JsonObject } from '@baton/engine/protocol';

/** A job as a handler sees it. */
export type Job = ActivatedJob;

/** What a handler decided; the worker tells the engine. */
export type JobOutcome =
  /** `result` is for jobs of ad-hoc sub-processes and of task listeners. */
  | { kind: 'complete'; variables: JsonObject; result?: JobResult }
  /** `retries` defaults to one less than the job's. */
  | { kind: 'fail'; message: string; retries?: number; backoff?: number; variables?: JsonObject }
  | { kind: 'bpmnError'; code: string; message: string; variables?: JsonObject }
  /**
   * What the job needs is not there yet. Without losing a retry it is kept from all workers for `ms`, then comes again; whoever
   * brings what it needs wakes it by `updateTimeout`.
   */
  | {
      kind: 'wait';
      ms: number;
      /** Asked once the job is kept: whether what it needs came meanwhile. Then it is handled again at once. */
      over(): Promise<boolean>;
    };

/** Aborted when the job's deadline passes or the worker stops. A throw is a bug and fails the job with its message. */
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<JobOutcome>;

/** Wraps a handler: cross-cutting concerns are composed, not branched. */
export type Interceptor = (next: JobHandler) => JobHandler;

/** Tells who listens the keys of element instances that have ended before their jobs did; answers how to stop. */
export type EndedElements = (heard: (elementInstanceKeys: readonly string[]) => void) => () => void;

export interface WorkerOptions {
  type: string;
  name: string;
  tenantIds: readonly string[];
  /** ms a job is ours. */
  timeout: number;
  maxActiveJobs: number;
  /** A job stays ours as long as its handler runs; one that is gone, with its instance, aborts it. */
  renews?: boolean;
  /** Tells of element instances that have ended, so that nobody works on for them; without, it is noticed by the next renewal. */
  ended?: EndedElements;
  fetchVariables?: readonly string[];
  interceptors?: readonly Interceptor[];
  handler: JobHandler;
}

export interface Worker {
  /** Takes no more jobs; resolves when the running ones have answered, or after `grace` ms with them aborted. */
  close(grace: number): Promise<void>;
}

/** What time means to a worker. */
export interface WorkerWorld {
  /** epoch ms. */
  now(): number;
  schedule: Schedule;
}
