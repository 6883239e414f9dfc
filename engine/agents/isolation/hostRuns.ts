import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import type { AgentWorld } from '../recordedCalls.ts';
import type { runAgent } from '../runner.ts';
import type { FromThread, ToThread } from './messages.ts';
import { createRunsOfThread } from './runsOfThread.ts';

/** What a thread is started with: where it writes the run that is at work. */
export interface AgentThreadData {
  atWork: SharedArrayBuffer;
}

/** In a thread of its own: does what the parent tells it. */
export function hostRuns(run: typeof runAgent, world: AgentWorld): void {
  if (!parentPort) return;
  const port = parentPort;
  const working = new Int32Array((workerData as AgentThreadData).atWork);
  const hear = createRunsOfThread({
    run,
    world,
    post: (message) => port.postMessage(message),
    heap: () => getHeapStatistics().used_heap_size,
    atWork: (number) => {
      working[0] = number;
    },
  });
  port.postMessage({ did: 'pong', heap: getHeapStatistics().used_heap_size } satisfies FromThread);
  port.on('message', (message: ToThread) => hear(message));
}
