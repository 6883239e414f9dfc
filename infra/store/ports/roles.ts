import type { Result } from '@baton/engine/protocol';

/** A role a tenant made for itself: these documents are its access policy. */
export interface CustomRole {
  tenantId: string;
  /** Unique in the tenant. */
  name: string;
  description: string;
  /** `resource:action`. */
  permissions: string[];
  /** Patterns of the tools it may call; all, where it says nothing. */
  tools?: string[];
  /** sha-256 of the canonical JSON of the above, hex. */
  hash: string;
  changedAt: Date;
  changedBy: string;
}

export interface NewCustomRole {
  name: string;
  description: string;
  permissions: readonly string[];
  tools?: readonly string[];
  at: Date;
  by: string;
}

/** Whoever changes one publishes a `Notice` of kind `roles`. */
export interface RoleStore {
  get(tenantId: string, name: string): Promise<CustomRole | undefined>;
  list(tenantId: string): Promise<CustomRole[]>;
  create(tenantId: string, role: NewCustomRole): Promise<Result<CustomRole, { code: 'ALREADY_EXISTS' }>>;
  /** Compare-and-set of the role of that name. */
  update(
    tenantId: string,
    expectedHash: string,
    role: NewCustomRole,
  ): Promise<Result<CustomRole, { code: 'NOT_FOUND' } | { code: 'VERSION_CONFLICT'; latest: CustomRole }>>;
  delete(tenantId: string, name: string): Promise<boolean>;
}
