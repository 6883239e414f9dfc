import type { AgentWorld } from '../recordedCalls.ts';
import type { runAgent } from '../runner.ts';
import type { StartAgentThread } from './messages.ts';
import { createRunsOfThread } from './runsOfThread.ts';

/** Runs in the calling thread: for tests. Messages are copied and come later, as between threads. */
export function startInThread(run: typeof runAgent, world: AgentWorld): StartAgentThread {
  return (heard) => {
    let ended = false;
    let working = 0;
    const hear = createRunsOfThread({
      run,
      world,
      post(message) {
        const copied = structuredClone(message);
        queueMicrotask(() => {
          if (!ended) heard(copied);
        });
      },
      heap: () => 1_000_000,
      atWork: (number) => {
        working = number;
      },
    });
    return {
      post(message) {
        const copied = structuredClone(message);
        queueMicrotask(() => {
          if (!ended) hear(copied);
        });
      },
      atWork: () => working,
      async end() {
        ended = true;
      },
    };
  };
}
