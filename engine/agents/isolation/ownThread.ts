import { Worker } from 'node:worker_threads';
import type { AgentThreadData } from './hostRuns.ts';
import type { FromThread, StartAgentThread } from './messages.ts';

export interface OwnThreadOptions {
  /** Compiled `main.js` of this folder. */
  script: URL;
  /** Bytes of heap with which a thread is ended. */
  memory: number;
}

const MEBIBYTE = 1024 * 1024;
/** MB beside it: what lives briefly, and the stack. */
const YOUNG_GENERATION = 8;
const STACK = 4;

/** Runs in a thread of their own, which can be ended whatever it does. */
export function startOwnThread({ script, memory }: OwnThreadOptions): StartAgentThread {
  return (heard, gone) => {
    const shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const working = new Int32Array(shared);
    const worker = new Worker(script, {
      // What is built takes none of the conditions that whoever starts it was started with.
      execArgv: [],
      workerData: { atWork: shared } satisfies AgentThreadData,
      resourceLimits: {
        maxOldGenerationSizeMb: Math.ceil(memory / MEBIBYTE),
        maxYoungGenerationSizeMb: YOUNG_GENERATION,
        stackSizeMb: STACK,
      },
    });
    worker.unref();
    let ended = false;
    const end = (...why: Parameters<typeof gone>) => {
      if (ended) return;
      ended = true;
      gone(...why);
    };
    worker.on('message', (message: FromThread) => {
      if (!ended) heard(message);
    });
    worker.on('error', (error: Error & { code?: string }) =>
      end(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? {
              code: 'AGENT_MEMORY',
              message: `Expected the agent to do with ${Math.round(memory / MEBIBYTE)} MB of memory, but it took more`,
            }
          : {
              code: 'AGENT_CRASHED',
              message: `Expected the agent's thread to go on, but it crashed: ${error.message}`,
            },
      ),
    );
    worker.once('exit', (code) =>
      end({
        code: 'AGENT_CRASHED',
        message: `Expected the agent's thread to go on, but it ended with code ${code}`,
      }),
    );
    return {
      post: (message) => worker.postMessage(message),
      atWork: () => working[0] ?? 0,
      async end() {
        ended = true;
        await worker.terminate();
      },
    };
  };
}
