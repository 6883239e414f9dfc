import type { Logger } from 'pino';
import type { Audit } from '../audit/ports.ts';
import type { Principal } from '../auth/principal.ts';

export interface LiveDenial {
  /** Unless nobody is known yet. */
  principal?: Principal;
  action: 'live.open' | 'live.subscribe';
  /** What was asked for; '' for the connection itself. */
  topic: string;
  errorCode: string;
}

/** Tells the audit, before whoever asked is told. */
export type DeniedLive = (denial: LiveDenial) => Promise<void>;

export interface DeniedLiveOptions {
  audit: Audit;
  newId(): string;
  /** epoch ms. */
  now(): number;
  log: Logger;
}

/** Denials on `/ws`, which has no rows: one entry of the audit each. One that cannot be written is a denial all the same. */
export function deniedLive({ audit, newId, now, log }: DeniedLiveOptions): DeniedLive {
  return async ({ principal, action, topic, errorCode }) => {
    try {
      await audit.append({
        tenantId: principal?.tenantId ?? '-',
        actor: principal
          ? { kind: principal.kind, id: principal.userId, name: principal.username }
          : { kind: 'anonymous', id: '', name: '' },
        action,
        outcome: 'denied',
        errorCode,
        resource: { kind: 'live', id: topic.slice(0, 200) },
        requestId: newId(),
        at: now(),
      });
    } catch (err) {
      log.error({ err, action }, 'a denial is not in the audit');
    }
  };
}
