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
  /** `resource.action`, e.g. `agents.create`, `session.signIn`, `access.denied`. */
  action: string;
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
  /** Resolves when the entry is durable; until then no answer leaves. */
  append(entry: AuditEntry): Promise<void>;
}
