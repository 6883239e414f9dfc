import type { AuditRecord, AuditStore } from '@baton/infra/store';
import type { Logger } from 'pino';
import type { Clock } from '../dependencies.ts';
import type { Audit } from './ports.ts';

/** ms after which what was begun is taken for abandoned; no handler takes that long. */
const abandonedAfter = 15 * 60_000;
/** ms between looks for it. */
const lookEvery = 5 * 60_000;

export interface AuditOptions {
  clock: Clock;
  newId(): string;
  log: Logger;
  /** Told of each entry once it is durable. */
  written?(record: AuditRecord): void;
}

export interface RunningAudit extends Audit {
  close(): void;
}

/** The audit over its store; tells what others began and did not live to end. */
export function createAudit(store: AuditStore, { clock, newId, log, written }: AuditOptions): RunningAudit {
  async function append(record: AuditRecord) {
    await store.append(record);
    written?.(record);
  }
  let cancel = () => {};
  async function look() {
    try {
      const recovered = await store.recover(clock.now() - abandonedAfter);
      if (recovered > 0) log.warn({ recovered }, 'acts with an unknown outcome are in the audit');
    } catch (err) {
      log.warn({ err }, 'the audit could not be looked through');
    }
  }
  function lookAgain() {
    void look();
    cancel = clock.after(lookEvery, lookAgain);
  }
  lookAgain();

  return {
    append: (entry) => append({ id: newId(), ...entry }),
    async begin(entry) {
      const id = newId();
      await store.begin({ id, ...entry, outcome: 'unknown' });
      return { end: (ended) => append({ id, ...ended }) };
    },
    close: () => cancel(),
  };
}
