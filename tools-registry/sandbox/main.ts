// Composition root of a sandbox thread: hears its parent, answers each slice.
import { parentPort } from 'node:worker_threads';
import { createIsolates } from './isolates.ts';
import type { ToThread } from './thread.ts';

const now = () => performance.now();
const isolates = createIsolates(now);
void isolates.then(({ prepare }) => prepare());

parentPort?.on('message', async (message: ToThread) => {
  const { hear, prepare } = await isolates;
  const done = hear(message);
  if (!done) return;
  parentPort?.postMessage(done);
  prepare();
});
