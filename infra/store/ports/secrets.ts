import type { Page, PageRequest } from './page.ts';

/** A tenant's secret, without what it is. */
export interface NamedSecret {
  tenantId: string;
  /** Unique in the tenant; tools name it. */
  name: string;
  changedAt: Date;
  changedBy: string;
}

export interface SecretSave {
  name: string;
  /** Encrypted; this store never sees it otherwise. */
  sealed: string;
  at: Date;
  by: string;
}

export interface SecretStore {
  /** By name. */
  list(tenantId: string, page: PageRequest): Promise<Page<NamedSecret>>;
  /** How it is stored. */
  sealed(tenantId: string, name: string): Promise<string | undefined>;
  /** `undefined` when the name is taken. */
  create(tenantId: string, save: SecretSave): Promise<NamedSecret | undefined>;
  /** `undefined` when there is none of the name. */
  replace(tenantId: string, save: SecretSave): Promise<NamedSecret | undefined>;
  /** Another encryption of the same secret; false when it has changed meanwhile. */
  reseal(tenantId: string, name: string, from: string, to: string): Promise<boolean>;
  delete(tenantId: string, name: string): Promise<boolean>;
}
