import type { Page, PageRequest } from './page.ts';

/** What a tenant knows of one of its people, beside what the issuer knows. */
export interface Member {
  tenantId: string;
  /** `sub` of their tokens. */
  userId: string;
  username: string;
  name: string;
  /** Built-in roles and the tenant's own. */
  roles: string[];
  /** Refused at once although tokens live; stays so until somebody takes them in again. */
  removed: boolean;
  /** When roles or removal were last decided here: built-in roles of a token issued later count more. Epoch 0 = never. */
  changedAt: Date;
  /** Username of who decided. */
  changedBy: string;
}

/** Whoever puts a member publishes a `Notice` of kind `member` with the user's id. */
export interface MemberStore {
  get(tenantId: string, userId: string): Promise<Member | undefined>;
  /** By username; without those removed. */
  list(
    tenantId: string,
    filter: { role?: string; username?: string },
    page: PageRequest,
  ): Promise<Page<Member>>;
  put(member: Member): Promise<void>;
  /** As `put`, but false, and nothing changed, for who was removed meanwhile. */
  change(member: Member): Promise<boolean>;
  /** Keeps who came with a token, so that they are listed; never touches what was decided here. */
  note(
    tenantId: string,
    seen: { userId: string; username: string; name: string; roles: readonly string[] },
  ): Promise<void>;
}
