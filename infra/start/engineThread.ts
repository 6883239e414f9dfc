import { Worker } from 'node:worker_threads';
import type { EngineConfig, EngineThreadData, EngineThreadMessage } from '@baton/engine/main';

/** MB: records live briefly, and the thread makes many under load; the main thread is kept smaller by `npm start`. */
const YOUNG_GENERATION = 48;

/** The embedded broker in a thread of its own, so that a busy gateway never holds up the clock of the processes. */
export interface EngineThread {
  grpcAddress: string;
  restAddress: string;
  close(): Promise<void>;
}

/**
 * @param script compiled `engine/main.js`
 * @param onEnded called when the thread ends without having been closed
 * @returns the addresses once it listens, or the sentence with which it refused to start
 */
export function startEngineThread(
  script: URL,
  engine: EngineConfig,
  onEnded: (error: Error) => void,
): Promise<{ ok: true; value: EngineThread } | { ok: false; failure: string }> {
  return new Promise((resolve) => {
    const thread = new Worker(script, {
      workerData: { engine } satisfies EngineThreadData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    let closing = false;
    let refusal: string | undefined;
    let crash = new Error('Expected the engine to run, but its thread ended');
    const ended = new Promise<void>((done) => thread.once('exit', () => done()));
    thread.on('error', (error) => {
      crash = error;
    });
    thread.once('exit', () => {
      if (!closing && refusal === undefined) onEnded(crash);
    });
    thread.on('message', (message: EngineThreadMessage) => {
      if (message.kind === 'refused') {
        refusal = message.message;
        resolve({ ok: false, failure: message.message });
      } else if (message.kind === 'ready') {
        const { grpcAddress, restAddress } = message;
        const close = () => {
          closing = true;
          thread.postMessage({ kind: 'close' });
          return ended;
        };
        resolve({ ok: true, value: { grpcAddress, restAddress, close } });
      }
    });
  });
}
