import type { Logger } from 'pino';
import { actorOf } from '../audit/names.ts';
import type { Audit } from '../audit/ports.ts';
import type { Principal } from '../auth/principal.ts';

export interface LiveEntry {
  /** Unless nobody is known yet. */
  principal?: Principal;
  action: 'live.open' | 'live.subscribe';
  /** What was asked for; '' for the connection itself. */
  topic: string;
  /** Why it was denied; otherwise it was let through. */
  errorCode?: string;
}

/** Tells the audit, before whoever asked is told. Answers whether it could be written. */
export type RecordLive = (entry: LiveEntry) => Promise<boolean>;

export interface RecordLiveOptions {
  audit: Audit;
  newId(): string;
  /** epoch ms. */
  now(): number;
  log: Logger;
}

/** Denials and uses of keys on `/ws`, which has no rows: one entry of the audit each. */
export function recordLive({ audit, newId, now, log }: RecordLiveOptions): RecordLive {
  return async ({ principal, action, topic, errorCode }) => {
    try {
      await audit.append({
        tenantId: principal?.tenantId ?? '-',
        actor: principal ? actorOf(principal) : { kind: 'anonymous', id: '', name: '' },
        action,
        outcome: errorCode === undefined ? 'done' : 'denied',
        ...(errorCode === undefined ? {} : { errorCode }),
        resource: { kind: 'live', id: topic.slice(0, 200) },
        requestId: newId(),
        at: now(),
      });
      return true;
    } catch (err) {
      log.error({ err, action }, 'what happened on a live connection is not in the audit');
      return false;
    }
  };
}
