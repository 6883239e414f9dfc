import { setMaxListeners } from 'node:events';
import type { EngineClient, EngineFailure, JobStream } from '@baton/engine/client';
import type { Result } from '@baton/engine/protocol';
import { compose } from './compose.ts';
import type { Job, JobOutcome, Worker, WorkerOptions, WorkerWorld } from './ports.ts';

/** First and longest pause between attempts while the engine is away, ms. */
const PAUSE = { first: 100, longest: 5000 };

/** Timers cannot be longer, ms; a deadline this far off is none. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Jobs the stream did not bring (made before it stood, refused while we were busy) are asked for this often, ms. */
const POLL_INTERVAL = 10_000;

/** The engine may be back in a moment: the same request again is worth it. */
const transient: ReadonlySet<EngineFailure['code']> = new Set([
  'UNAVAILABLE',
  'DEADLINE_EXCEEDED',
  'RESOURCE_EXHAUSTED',
]);

/** The job is not ours to answer any more: answered already, taken by another worker, or its instance has ended. */
const settled: ReadonlySet<EngineFailure['code']> = new Set(['NOT_FOUND', 'INVALID_STATE']);

/** Whether the job may come again (failed with retries, not answered) or is over for us. */
type JobEnd = 'open' | 'settled';

interface Running {
  elementInstanceKey: string;
  abort: AbortController;
  done: Promise<void>;
  /** The same job, given to us again before the engine's reply to our answer came. */
  again?: Job;
}

/**
 * Runs a handler for every job of a type: pushed by the engine, and polled for what the push did not bring. Outlives the
 * engine: streams are opened again and answers sent again until the engine has them.
 */
export function startWorker(
  client: Pick<EngineClient, 'jobs'>,
  options: WorkerOptions,
  world: WorkerWorld,
): Worker {
  const handle = compose(options.interceptors ?? [], options.handler);
  const request = {
    type: options.type,
    worker: options.name,
    tenantIds: options.tenantIds,
    timeout: options.timeout,
    fetchVariables: options.fetchVariables ?? [],
  };
  const running = new Map<string, Running>();
  const queue: Job[] = [];
  const closing = new AbortController();
  const givingUp = new AbortController();
  // Every answer under way listens, and there may be any number of them.
  setMaxListeners(0, givingUp.signal);
  let stream: JobStream | undefined;
  let streamPause = PAUSE.first;
  let polling = false;
  let saturated = false;
  /** The last poll brought as many as it asked for: there may be more. */
  let more = false;
  let cancelPoll = () => {};
  let cancelReopen = () => {};

  function open(): void {
    const opened = world.now();
    stream = client.jobs.stream(request, accept, () => {
      stream = undefined;
      if (closing.signal.aborted) return;
      if (world.now() - opened > PAUSE.longest) streamPause = PAUSE.first;
      cancelReopen = world.schedule(streamPause, open);
      streamPause = Math.min(streamPause * 2, PAUSE.longest);
    });
    if (saturated) stream.pause();
    void poll();
  }

  async function poll(): Promise<void> {
    const maxJobs = options.maxActiveJobs - running.size - queue.length;
    if (polling || maxJobs <= 0 || closing.signal.aborted) return;
    polling = true;
    cancelPoll();
    const jobs = await client.jobs.activate({ ...request, maxJobs, wait: 0 }, closing.signal);
    polling = false;
    more = jobs.ok && jobs.value.length >= maxJobs;
    if (jobs.ok) for (const job of jobs.value) accept(job);
    if (more) startNext();
    if (!polling && !closing.signal.aborted) cancelPoll = world.schedule(POLL_INTERVAL, () => void poll());
  }

  function accept(job: Job): void {
    if (closing.signal.aborted) {
      giveBack(job);
      return;
    }
    if (running.size < options.maxActiveJobs || running.has(job.key)) start(job);
    else queue.push(job);
    if (!saturated && running.size >= options.maxActiveJobs) {
      saturated = true;
      stream?.pause();
    }
  }

  function start(job: Job): void {
    const same = running.get(job.key);
    if (same) {
      same.again = job;
      return;
    }
    const abort = new AbortController();
    const done = run(job, abort).then((end) => {
      running.delete(job.key);
      if (entry.again && end === 'open') queue.push(entry.again);
      startNext();
    });
    const entry: Running = { elementInstanceKey: job.elementInstanceKey, abort, done };
    running.set(job.key, entry);
  }

  /** A job that waited here past its deadline is somebody else's by now. */
  function startNext(): void {
    if (closing.signal.aborted) return;
    while (queue.length > 0 && running.size < options.maxActiveJobs) {
      const job = queue.shift()!;
      if (job.deadline > world.now()) start(job);
    }
    if (running.size >= options.maxActiveJobs) return;
    if (saturated) stream?.resume();
    if (saturated || more) void poll();
    saturated = false;
  }

  async function run(job: Job, abort: AbortController): Promise<JobEnd> {
    const outcome = await decide(job, abort);
    if (!outcome) return 'open';
    const end = await answer(job, outcome);
    if (outcome.kind !== 'wait' || end === 'settled' || abort.signal.aborted) return end;
    // Who cannot say comes to the same as who says no: the job comes again when its time is over.
    const over = await outcome.over().catch(() => false);
    return over ? run({ ...job, deadline: world.now() + outcome.ms }, abort) : end;
  }

  /** `undefined` = nothing is to be said. */
  async function decide(job: Job, abort: AbortController): Promise<JobOutcome | undefined> {
    let cancelDeadline = () => {};
    const abortAfter = (left: number) => {
      cancelDeadline();
      cancelDeadline =
        left > LONGEST_TIMER ? () => {} : world.schedule(Math.max(0, left), () => abort.abort());
    };
    abortAfter(job.deadline - world.now());
    const stopRenewing = options.renews ? renew(job, abort, abortAfter) : () => {};
    try {
      return await handle(job, abort.signal);
    } catch (error) {
      // An aborted handler has nothing to say: the engine gives the job to another when its time is over.
      if (abort.signal.aborted) return undefined;
      return { kind: 'fail', message: error instanceof Error ? error.message : String(error) };
    } finally {
      stopRenewing();
      cancelDeadline();
    }
  }

  /** Keeps the job while it is at work; answers how to stop. */
  function renew(job: Job, abort: AbortController, abortAfter: (left: number) => void): () => void {
    let stopped = false;
    let cancel = () => {};
    const later = () => {
      cancel = world.schedule(options.timeout / 3, () => void keep());
    };
    const keep = async () => {
      const kept = await client.jobs.updateTimeout(job.key, options.timeout);
      if (stopped) return;
      if (kept.ok) abortAfter(options.timeout);
      else if (settled.has(kept.failure.code)) return abort.abort();
      later();
    };
    later();
    return () => {
      stopped = true;
      cancel();
    };
  }

  async function answer(job: Job, outcome: JobOutcome): Promise<JobEnd> {
    let pause = PAUSE.first;
    for (;;) {
      const answered = await send(job, outcome);
      const open = outcome.kind === 'fail' || outcome.kind === 'wait';
      if (answered.ok) return open ? 'open' : 'settled';
      // A job that is not ours to keep any more is there for whoever takes it next.
      if (outcome.kind === 'wait' && answered.failure.code === 'INVALID_STATE') return 'open';
      if (settled.has(answered.failure.code)) return 'settled';
      if (!transient.has(answered.failure.code)) {
        // The engine does not take this answer; a refused failure is not worth another.
        if (open) return 'open';
        outcome = { kind: 'fail', message: answered.failure.message };
        continue;
      }
      if (givingUp.signal.aborted) return 'open';
      await wait(pause);
      pause = Math.min(pause * 2, PAUSE.longest);
    }
  }

  function send(job: Job, outcome: JobOutcome): Promise<Result<void, EngineFailure>> {
    switch (outcome.kind) {
      case 'complete':
        return client.jobs.complete(job.key, outcome.variables, outcome.result);
      case 'wait':
        return client.jobs.updateTimeout(job.key, outcome.ms);
      case 'bpmnError':
        return client.jobs.throwError(job.key, {
          errorCode: outcome.code,
          errorMessage: outcome.message,
          variables: outcome.variables ?? {},
        });
      case 'fail':
        return client.jobs.fail(job.key, {
          retries: outcome.retries ?? job.retries - 1,
          errorMessage: outcome.message,
          retryBackoff: outcome.backoff ?? 0,
          variables: outcome.variables ?? {},
        });
    }
  }

  /** Lets another worker have a job we did not begin, now and with its retries. */
  function giveBack(job: Job): void {
    void client.jobs.fail(job.key, {
      retries: job.retries,
      errorMessage: 'The worker closed before it began with the job',
      retryBackoff: 0,
      variables: {},
    });
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        givingUp.signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = world.schedule(ms, done);
      givingUp.signal.addEventListener('abort', done);
    });
  }

  open();
  const stopHearing = options.ended?.((keys) => {
    for (const { elementInstanceKey, abort } of running.values())
      if (keys.includes(elementInstanceKey)) abort.abort();
  });

  return {
    async close(grace) {
      closing.abort();
      stopHearing?.();
      cancelPoll();
      cancelReopen();
      stream?.close();
      for (const job of queue.splice(0)) giveBack(job);
      const all = Promise.allSettled([...running.values()].map(({ done }) => done));
      const cancelGrace = world.schedule(grace, () => {
        givingUp.abort();
        for (const { abort } of running.values()) abort.abort();
      });
      await Promise.race([all, whenAborted(givingUp.signal)]);
      cancelGrace();
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
