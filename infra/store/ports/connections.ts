import type { Page, PageRequest } from './page.ts';

/** A tenant's way to a database or to mail, without its password. */
export interface SavedConnection {
  tenantId: string;
  /** Unique in the tenant; tools name it. */
  name: string;
  kind: string;
  description: string;
  /** With its user, without its password. */
  url: string;
  readOnly: boolean;
  hasPassword: boolean;
  changedAt: Date;
  changedBy: string;
}

export interface ConnectionSave {
  name: string;
  kind: string;
  description: string;
  url: string;
  readOnly: boolean;
  /** The password, encrypted; this store never sees it otherwise. `null` = none, `undefined` = the one it has. */
  sealed: string | null | undefined;
  at: Date;
  by: string;
}

export interface ConnectionStore {
  /** By name. */
  list(tenantId: string, page: PageRequest): Promise<Page<SavedConnection>>;
  get(tenantId: string, name: string): Promise<SavedConnection | undefined>;
  /** How its password is stored; `undefined` when it has none. */
  sealed(tenantId: string, name: string): Promise<string | undefined>;
  /** `undefined` when the name is taken. */
  create(tenantId: string, save: ConnectionSave): Promise<SavedConnection | undefined>;
  /** `undefined` when there is none of the name. */
  replace(tenantId: string, save: ConnectionSave): Promise<SavedConnection | undefined>;
  /** Another encryption of the same password; false when it has changed meanwhile. */
  reseal(tenantId: string, name: string, from: string, to: string): Promise<boolean>;
  delete(tenantId: string, name: string): Promise<boolean>;
}
