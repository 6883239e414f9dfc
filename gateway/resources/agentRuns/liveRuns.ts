import type { AgentRunStore } from '@baton/infra/store';
import type { Logger } from 'pino';
import type { Clock } from '../../dependencies.ts';

/** ms between signs of life, and without one after which a run counts as interrupted. */
const beat = 5_000;
export const lease = 15_000;

export interface LiveRun {
  readonly signal: AbortSignal;
  end(): void;
}

/** The runs of this process: kept alive in the store, and ended when somebody asks for it. */
export interface LiveRuns {
  /** @param client aborted when who asked goes away */
  begin(tenantId: string, id: string, client: AbortSignal): LiveRun;
  has(id: string): boolean;
  /** Resolves when it has ended; at once if it is not of this process. */
  cancel(id: string): Promise<void>;
}

export function createLiveRuns(store: AgentRunStore, clock: Clock, log: Logger): LiveRuns {
  const live = new Map<string, { controller: AbortController; ended: Promise<void> }>();
  return {
    has: (id) => live.has(id),
    async cancel(id) {
      const run = live.get(id);
      run?.controller.abort();
      await run?.ended;
    },
    begin(tenantId, id, client) {
      const controller = new AbortController();
      const abort = () => controller.abort();
      if (client.aborted) abort();
      client.addEventListener('abort', abort, { once: true });
      let stopBeat = () => {};
      const schedule = () => {
        stopBeat = clock.after(beat, async () => {
          try {
            const state = await store.keepAlive(tenantId, id, clock.now() + lease);
            if (!state || state.cancelAsked) abort();
          } catch (err) {
            log.error({ err, run: id }, 'a run could not say that it goes on');
          }
          if (live.has(id)) schedule();
        });
      };
      schedule();
      let end = () => {};
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      live.set(id, { controller, ended });
      return {
        signal: controller.signal,
        end() {
          live.delete(id);
          stopBeat();
          client.removeEventListener('abort', abort);
          end();
        },
      };
    },
  };
}
