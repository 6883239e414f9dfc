/** Who did it. */
export interface AuditActor {
  kind: 'user' | 'service' | 'key' | 'anonymous' | 'system';
  id: string;
  name: string;
}

/** One line of the audit: written before the answer leaves, never changed. */
export interface AuditEntry {
  /** The tenant whose matter it is; `-` when none is known yet, e.g. a refused sign-in. */
  tenantId: string;
  actor: AuditActor;
  /** `resource.action`: the operation of the route table (`agents.create`), or what has no row (`session.signIn`). */
  action: string;
  /** `denied`: 401 or 403. */
  outcome: 'done' | 'denied' | 'failed';
  /** Code of the refusal, when there is one. */
  errorCode?: string;
  resource: { kind: string; id: string };
  /** sha-256 of the canonical JSON before and after, hex; absent where there is none. */
  before?: string;
  after?: string;
  requestId: string;
  traceId?: string;
  /** epoch ms. */
  at: number;
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
  resource?: { kind: string; id: string };
  /** sha-256 of the canonical JSON, hex: `jsonHash` of the store. Never of a secret. */
  before?: string;
  after?: string;
}
