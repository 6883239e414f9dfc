import { Worker } from 'node:worker_threads';
import type { SandboxJob, SandboxOutcome, SandboxRunner } from './runner.ts';

/** How much longer than its limit a tool may take before the whole thread is ended; covers start-up and a stuck isolate. */
const GRACE = 2_000;

export interface ThreadWorld {
  /** Calls back once after `ms`; returns the cancellation. */
  schedule(ms: number, callback: () => void): () => void;
  /** Compiled `sandbox/main.js`. */
  script: URL;
}

interface Waiting {
  job: SandboxJob;
  signal: AbortSignal;
  answer: (outcome: SandboxOutcome) => void;
}

/**
 * Runs tools one after the other in a thread of their own, so that a busy tool never holds up the process.
 * The thread starts with the first job and is replaced when a job had to be stopped by force.
 */
export function createOwnThreadRunner(world: ThreadWorld): SandboxRunner {
  const queue: Waiting[] = [];
  let thread: Worker | undefined;
  let busy = false;
  let nextId = 0;

  async function endThread() {
    const ended = thread;
    thread = undefined;
    await ended?.terminate();
  }

  function startThread(): Worker {
    const started = new Worker(world.script);
    started.unref();
    return started;
  }

  function runNow({ job, signal }: Waiting): Promise<SandboxOutcome> {
    thread ??= startThread();
    const worker = thread;
    const id = nextId++;
    return new Promise((resolve) => {
      const finish = (outcome: SandboxOutcome) => {
        cancel();
        signal.removeEventListener('abort', abort);
        worker.off('message', onMessage);
        worker.off('error', onError);
        worker.off('exit', onExit);
        resolve(outcome);
      };
      const stop = (outcome: SandboxOutcome) => {
        void endThread();
        finish(outcome);
      };
      const abort = () =>
        stop({
          ok: false,
          code: 'TOOL_TIMEOUT',
          message: 'Expected the tool to answer, but the call was stopped',
          logs: [],
        });
      const onMessage = (message: { id: number; outcome: SandboxOutcome }) => {
        if (message.id === id) finish(message.outcome);
      };
      const onError = (error: Error) =>
        stop({
          ok: false,
          code: 'TOOL_FAILED',
          message: `Expected the sandbox to run, but: ${error.message}`,
          logs: [],
        });
      const onExit = () =>
        stop({
          ok: false,
          code: 'TOOL_MEMORY_EXCEEDED',
          message: 'Expected the sandbox to run, but its thread ended',
          logs: [],
        });
      const cancel = world.schedule(job.limits.timeout + GRACE, () =>
        stop({
          ok: false,
          code: 'TOOL_TIMEOUT',
          message: `Expected the tool to answer within ${job.limits.timeout / 1000} s, but it was still running`,
          logs: [],
        }),
      );
      signal.addEventListener('abort', abort, { once: true });
      worker.on('message', onMessage);
      worker.once('error', onError);
      worker.once('exit', onExit);
      worker.postMessage({ id, job });
    });
  }

  async function drain() {
    if (busy) return;
    busy = true;
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (next.signal.aborted) {
        next.answer({
          ok: false,
          code: 'TOOL_TIMEOUT',
          message: 'Expected the tool to answer, but the call was stopped',
          logs: [],
        });
      } else {
        next.answer(await runNow(next));
      }
    }
    busy = false;
  }

  return {
    run(job, signal) {
      return new Promise((answer) => {
        queue.push({ job, signal, answer });
        void drain();
      });
    },
    close: endThread,
  };
}
