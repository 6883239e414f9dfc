import type { Page, PageRequest } from './page.ts';

/** Who did what, with which outcome. Never changed once it is appended. */
export interface AuditRecord {
  /** Unique in the installation; the same id told again is the same entry. */
  id: string;
  /** The tenant whose matter it is; `-` when none is known yet, e.g. a refused sign-in. */
  tenantId: string;
  /** `names`: what else they were called then, e-mail address and full name of a person. */
  actor: { kind: string; id: string; name: string; names?: string[] };
  /** `resource.action`: the operation of the route table (`agents.create`), or what has no row (`session.signIn`). */
  action: string;
  /** `unknown`: begun, and nobody was left to tell how it ended. */
  outcome: 'done' | 'denied' | 'failed' | 'unknown';
  /** Code of the refusal, when there is one. */
  errorCode?: string;
  /** `names`: what it was called before and after, the newest first; it may be called otherwise today, or be gone. */
  resource: { kind: string; id: string; names?: string[] };
  /** sha-256 of the canonical JSON before and after, hex; absent where there is none. */
  before?: string;
  after?: string;
  requestId: string;
  traceId?: string;
  /** epoch ms. */
  at: number;
}

export interface AuditFilter {
  /** Id of the actor. */
  actor?: string;
  action?: string;
  outcome?: AuditRecord['outcome'];
  /** Anywhere in who, action, resource, their names, error code, request id; letters of either case. */
  text?: string;
  /** Kind of the resource, and its id. */
  resourceKind?: string;
  resourceId?: string;
  /** epoch ms; `from` included, `to` not. */
  from?: number;
  to?: number;
}

export interface AuditPage extends Page<AuditRecord> {
  /** epoch ms: nothing older has been looked at, and there is something. The filter with `to` = it goes on there. */
  lookedBackTo?: number;
}

/** Append-only. Calls that come while a write is under way are written together: all are durable when they resolve. */
export interface AuditStore {
  /** Says beforehand what is about to be done: the entry to append if nobody comes back. */
  begin(record: AuditRecord): Promise<void>;
  append(record: AuditRecord): Promise<void>;
  /**
   * Of the whole installation: what was begun before `begunBefore` (epoch ms) and never appended becomes an entry of outcome
   * `unknown`. Answers how many.
   */
  recover(begunBefore: number): Promise<number>;
  get(tenantId: string, id: string): Promise<AuditRecord | undefined>;
  /**
   * Newest first.
   * @param depth entries that a search for a text looks at, and all of the same moment as the last one; without it, at all
   */
  list(tenantId: string, filter: AuditFilter, page: PageRequest, depth?: number): Promise<AuditPage>;
}
