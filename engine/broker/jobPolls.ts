import { ok, type Rejection, type Result } from '@baton/engine/protocol';
import type { Broker, BrokerWorld } from './broker.ts';
import { commands } from './commands.ts';
import type { ActivatedJob } from './processing/types.ts';

export interface JobPollRequest {
  type: string;
  worker: string;
  /** ms the jobs are the worker's. */
  timeout: number;
  maxJobsToActivate: number;
  fetchVariables: string[];
  tenantIds: string[];
  /** ms to wait for a job; 0 = 10 s, below 0 = answer at once. */
  requestTimeout: number;
}

/** Long polling for jobs, the same for every door. */
export interface JobPolls {
  /**
   * Answers with jobs as soon as there is one, with none when the time is over. Jobs activated for a caller that has gone
   * (`signal`) are given back untouched.
   */
  activate(request: JobPollRequest, signal: AbortSignal): Promise<Result<ActivatedJob[], Rejection>>;
}

/** Waits this long when a client names no time, and looks again this often in case no notice came. */
export const JOB_POLL_PATIENCE = 10_000;

interface WaitingPoll {
  tenants: string;
  /** Tries once; `true` when the poll is answered. */
  attempt(): Promise<boolean>;
}

/** The polls waiting for one job type, oldest first. */
interface Queue {
  waiting: Set<WaitingPoll>;
  users: number;
  /** Counts the notices that a job of the type may have become available. */
  notices: number;
  serving: boolean;
  unsubscribe(): void;
}

export function createJobPolls({
  broker,
  schedule,
}: {
  broker: Broker;
  schedule: BrokerWorld['schedule'];
}): JobPolls {
  const queues = new Map<string, Queue>();

  function enter(type: string): Queue {
    let queue = queues.get(type);
    if (!queue) {
      const created: Queue = {
        waiting: new Set(),
        users: 0,
        notices: 0,
        serving: false,
        unsubscribe: broker.onJobsAvailable(type, () => {
          created.notices++;
          void serve(created);
        }),
      };
      queue = created;
      queues.set(type, queue);
    }
    queue.users++;
    return queue;
  }

  function leave(type: string, queue: Queue): void {
    queue.users--;
    if (queue.users > 0) return;
    queue.unsubscribe();
    queues.delete(type);
  }

  /** Asks for the oldest poll first; once a poll finds nothing, others of the same tenants would not either. */
  async function serve(queue: Queue): Promise<void> {
    if (queue.serving) return;
    queue.serving = true;
    let seen: number;
    do {
      seen = queue.notices;
      const exhausted = new Set<string>();
      for (const poll of [...queue.waiting]) {
        if (exhausted.has(poll.tenants) || !queue.waiting.has(poll)) continue;
        if (!(await poll.attempt())) exhausted.add(poll.tenants);
      }
    } while (seen !== queue.notices);
    queue.serving = false;
  }

  async function ask(
    request: JobPollRequest,
    signal: AbortSignal,
  ): Promise<Result<ActivatedJob[], Rejection>> {
    const { requestTimeout: _, ...batch } = request;
    const activated = await broker.execute(commands.activateJobs(batch));
    if (!activated.ok) return activated;
    const jobs = activated.value.attachment as ActivatedJob[];
    if (!signal.aborted) return ok(jobs);
    for (const job of jobs) await giveBack(job);
    return ok([]);
  }

  async function giveBack(job: ActivatedJob): Promise<void> {
    await broker.execute(
      commands.failJob(job.key, {
        retries: job.retries,
        errorMessage: 'The client that asked for the job went away before it was sent.',
        retryBackoff: 0,
        variables: {},
      }),
    );
  }

  return {
    async activate(request, signal) {
      const queue = enter(request.type);
      try {
        let notices: number;
        let answer: Result<ActivatedJob[], Rejection>;
        do {
          notices = queue.notices;
          answer = await ask(request, signal);
        } while (answer.ok && answer.value.length === 0 && notices !== queue.notices && !signal.aborted);
        if (!answer.ok || answer.value.length > 0 || request.requestTimeout < 0 || signal.aborted)
          return answer;
        return await wait(queue, request, signal);
      } finally {
        leave(request.type, queue);
      }
    },
  };

  function wait(
    queue: Queue,
    request: JobPollRequest,
    signal: AbortSignal,
  ): Promise<Result<ActivatedJob[], Rejection>> {
    return new Promise((resolve, reject) => {
      const cancellations: (() => void)[] = [];
      const settle = (answer: Result<ActivatedJob[], Rejection>) => {
        queue.waiting.delete(poll);
        signal.removeEventListener('abort', giveUp);
        for (const cancel of cancellations) cancel();
        resolve(answer);
      };
      const giveUp = () => settle(ok([]));
      const poll: WaitingPoll = {
        tenants: request.tenantIds.join('\n'),
        async attempt() {
          try {
            const answer = await ask(request, signal);
            if (answer.ok && answer.value.length === 0) return false;
            if (queue.waiting.has(poll)) settle(answer);
            else if (answer.ok) for (const job of answer.value) await giveBack(job);
            return true;
          } catch (error) {
            queue.waiting.delete(poll);
            reject(error);
            return true;
          }
        },
      };
      queue.waiting.add(poll);
      signal.addEventListener('abort', giveUp);
      cancellations[0] = schedule(request.requestTimeout || JOB_POLL_PATIENCE, giveUp);
      const probe = () => {
        void serve(queue);
        cancellations[1] = schedule(JOB_POLL_PATIENCE, probe);
      };
      cancellations[1] = schedule(JOB_POLL_PATIENCE, probe);
    });
  }
}
