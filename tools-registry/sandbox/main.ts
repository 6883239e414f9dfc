// Composition root of the sandbox thread: takes jobs from its parent, answers each.
import { parentPort } from 'node:worker_threads';
import { runIsolated } from './isolate.ts';
import type { SandboxJob } from './runner.ts';

parentPort?.on('message', async ({ id, job }: { id: number; job: SandboxJob }) => {
  parentPort?.postMessage({ id, outcome: await runIsolated(job, Date.now) });
});
