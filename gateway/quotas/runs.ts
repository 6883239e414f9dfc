import type { EngineClient } from '@baton/engine/client';
import type { Clock } from '../dependencies.ts';
import type { Reservation } from './ports.ts';

/** Runs that were just started: reserved until the engine lists them, which it does a moment late, or they end before. */
export interface StartedRuns {
  started(tenantId: string, key: string, reservation: Reservation): void;
  /** Resolves when the runs have been released that the engine lists now. */
  looked(): Promise<void>;
  close(): Promise<void>;
}

/** ms the engine's list of runs may lag behind; a run it does not list by then is not waited for. */
export const listLag = 10_000;
/** ms until the second look; each waits twice as long as the one before. */
const firstWait = 50;

const ends = new Set(['ELEMENT_COMPLETED', 'ELEMENT_TERMINATED']);
/** Ends of runs remembered that came before the answer to their start. */
const endsRemembered = 1_000;

export function followStartedRuns(engine: EngineClient, clock: Clock): StartedRuns {
  const open = new Map<string, () => Promise<void>>();
  const ended = new Set<string>();
  const working = new Set<Promise<void>>();

  function work(task: Promise<void>): void {
    // What cannot be released now ends with its time.
    const done = task.catch(() => {}).finally(() => working.delete(done));
    working.add(done);
  }

  const unsubscribe = engine.records.subscribe(undefined, (records) => {
    for (const { recordType, valueType, intent, value } of records) {
      if (recordType !== 'EVENT' || valueType !== 'PROCESS_INSTANCE' || !ends.has(intent)) continue;
      if (value.bpmnElementType !== 'PROCESS') continue;
      const key = String(value.processInstanceKey);
      const release = open.get(key);
      if (release) work(release());
      else {
        if (ended.size >= endsRemembered) ended.delete(ended.values().next().value as string);
        ended.add(key);
      }
    }
  });

  return {
    started(tenantId, key, reservation) {
      let cancel = () => {};
      const release = () => {
        cancel();
        open.delete(key);
        return reservation.release();
      };
      async function look(wait: number): Promise<void> {
        if (!open.has(key)) return;
        const found = await engine.queries.instance(tenantId, key);
        if (!open.has(key)) return;
        if (found.ok || wait > listLag) return release();
        cancel = clock.after(wait, () => work(look(2 * wait)));
      }
      open.set(key, release);
      work(ended.delete(key) ? release() : look(firstWait));
    },
    async looked() {
      await Promise.all(working);
    },
    async close() {
      unsubscribe();
      for (const release of [...open.values()]) work(release());
      await Promise.all(working);
    },
  };
}
