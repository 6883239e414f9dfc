import type { Result } from '@baton/engine/protocol';
import type { Page, PageRequest } from './page.ts';

export type TenantStatus = 'active' | 'suspended';

export interface Tenant {
  /** A DNS label; the name of its sub-domain and of the engine's tenant. */
  id: string;
  name: string;
  /** A suspended tenant keeps its data; nobody gets in. */
  status: TenantStatus;
  statusReason?: string;
  createdAt: Date;
  /** Of the last change of name or status. */
  changedAt: Date;
}

/** Tenants belong to the installation. Whoever changes one publishes a `Notice` of kind `tenant`. */
export interface TenantStore {
  get(id: string): Promise<Tenant | undefined>;
  all(): Promise<Tenant[]>;
  list(page: PageRequest): Promise<Page<Tenant>>;
  create(tenant: { id: string; name: string; at: Date }): Promise<Result<Tenant, { code: 'ALREADY_EXISTS' }>>;
  /** Answers the tenant after the change; a status without a reason takes the old reason away. */
  update(
    id: string,
    changes: { name?: string; status?: TenantStatus; statusReason?: string },
    at: Date,
  ): Promise<Tenant | undefined>;
  delete(id: string): Promise<boolean>;
}
