import type { AuditRecord } from '@baton/infra/store';

/** Who did it. */
export interface AuditActor {
  kind: 'user' | 'service' | 'key' | 'anonymous' | 'system';
  id: string;
  name: string;
  /** What else they are called: see `actorOf`. */
  names?: string[];
}

/** One line of the audit: written before the answer leaves, never changed. */
export interface AuditEntry extends Omit<AuditRecord, 'id'> {
  actor: AuditActor;
  /** `denied`: 401 or 403. */
  outcome: Exclude<AuditRecord['outcome'], 'unknown'>;
}

export interface Audit {
  /** Resolves when the entry is durable; until then no answer leaves. Rejects when it cannot be written. */
  append(entry: AuditEntry): Promise<void>;
  /**
   * Says durably what is about to be done, so that it is not done when it could not be told. When nobody comes back to `end`
   * it (the process ended, the store was away), it is told later with the outcome `unknown`.
   */
  begin(entry: Omit<AuditEntry, 'outcome' | 'after'>): Promise<BegunEntry>;
}

export interface BegunEntry {
  /** The one entry of what was begun. Resolves when it is durable. */
  end(entry: AuditEntry): Promise<void>;
}

/** What a handler knows better about its entry than the row, the path and the answer tell. */
export interface AuditNote {
  tenantId?: string;
  actor?: AuditActor;
  resource?: AuditRecord['resource'];
  /** What it was called that the request and the answer do not tell. */
  names?: readonly string[];
  /** sha-256 of the canonical JSON, hex: `jsonHash` of the store. Never of a secret. */
  before?: string;
  after?: string;
}
