import { Worker } from 'node:worker_threads';
import type { SliceDone, StartThread } from './thread.ts';

/** MB of the thread's own JavaScript, beside the isolates'. */
const RESOURCES = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8, stackSizeMb: 16 };

/**
 * Isolates in threads of their own, which can be ended whatever they do.
 * @param script compiled `sandbox/main.js`
 */
export function startOwnThread(script: URL): StartThread {
  return (done, gone) => {
    const worker = new Worker(script, { resourceLimits: RESOURCES });
    worker.unref();
    worker.on('message', (slice: SliceDone) => done(slice));
    worker.once('error', (error: Error) => gone(error.message));
    worker.once('exit', () => gone('its thread ended'));
    return {
      post: (message) => worker.postMessage(message),
      async end() {
        worker.removeAllListeners('exit');
        worker.removeAllListeners('error');
        worker.on('error', () => {});
        await worker.terminate();
      },
    };
  };
}
