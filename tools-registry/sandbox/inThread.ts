import { runIsolated } from './isolate.ts';
import type { SandboxRunner } from './runner.ts';

/** Runs tools in the calling thread, which stands still meanwhile: for tests and the command line. */
export function createInThreadRunner(now: () => number): SandboxRunner {
  return {
    run: (job) => runIsolated(job, now),
    close: async () => {},
  };
}
