import type { CallLog, Result } from '@baton/engine/protocol';

/** Kinds of versioned resources; one mechanism for all. */
export type ResourceKind = 'workflow' | 'agent' | 'tool' | 'task';

/** One version of a resource. Every save is one; rollback is a new one. */
export interface Resource<C = unknown> {
  id: string;
  kind: ResourceKind;
  tenantId: string;
  /** Unique per tenant and kind. */
  name: string;
  version: number;
  /** sha-256 of the canonical JSON of name and content, hex. */
  hash: string;
  content: C;
  author: string;
  message: string;
  savedAt: Date;
}
export type ResourceVersion = Omit<Resource, 'content'>;

export interface PageRequest {
  limit: number;
  offset: number;
}
export interface Page<T> {
  items: T[];
  total: number;
}

export interface SaveRequest {
  name: string;
  content: unknown;
  author: string;
  message: string;
  at: Date;
}

export interface ResourceStore {
  list(tenantId: string, kind: ResourceKind, page: PageRequest): Promise<Page<Resource>>;
  get(tenantId: string, kind: ResourceKind, id: string, version?: number): Promise<Resource | undefined>;
  getByName(
    tenantId: string,
    kind: ResourceKind,
    name: string,
    version?: number,
  ): Promise<Resource | undefined>;
  create(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    save: SaveRequest,
  ): Promise<Result<Resource, { code: 'ALREADY_EXISTS' }>>;
  /** Compare-and-set: refused when the latest hash is not `expectedHash`. The same content makes no new version. */
  update(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    expectedHash: string,
    save: SaveRequest,
  ): Promise<
    Result<
      Resource,
      { code: 'NOT_FOUND' | 'ALREADY_EXISTS' } | { code: 'VERSION_CONFLICT'; latest: Resource }
    >
  >;
  /** Old versions stay readable by runs that named them (`get` with a version). */
  delete(tenantId: string, kind: ResourceKind, id: string): Promise<boolean>;
  versions(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    page: PageRequest,
  ): Promise<Page<ResourceVersion>>;
}

export interface DeploymentRecord {
  key: string;
  tenantId: string;
  workflowId: string;
  workflowVersion: number;
  workflowHash: string;
  processes: { processDefinitionKey: string; bpmnProcessId: string; version: number; duplicate: boolean }[];
  deployedAt: Date;
  deployedBy: string;
}

export interface DeploymentStore {
  append(record: DeploymentRecord): Promise<void>;
  list(tenantId: string, filter: { workflowId?: string }, page: PageRequest): Promise<Page<DeploymentRecord>>;
  /** Latest deployment of each of the workflows. */
  latest(tenantId: string, workflowIds: readonly string[]): Promise<Map<string, DeploymentRecord>>;
}

export interface Tenant {
  id: string;
  name: string;
}

export interface User {
  id: string;
  username: string;
  name: string;
  email: string;
  tenantId: string;
  roles: string[];
  /** scrypt, `salt:hash` in hex; only the embedded issuer reads it. */
  passwordHash: string;
}

export interface IdentityStore {
  tenants(): Promise<Tenant[]>;
  tenant(id: string): Promise<Tenant | undefined>;
  saveTenant(tenant: Tenant): Promise<void>;
  user(id: string): Promise<User | undefined>;
  userByName(username: string): Promise<User | undefined>;
  users(): Promise<User[]>;
  saveUser(user: User): Promise<void>;
}

/** Short-lived documents of the embedded OIDC provider (sessions, grants, codes): the panva `Adapter` contract in our words. */
export interface ExpiringStore {
  put(
    model: string,
    id: string,
    payload: unknown,
    expiresAt: Date | undefined,
    keys: { grantId?: string; uid?: string; userCode?: string },
  ): Promise<void>;
  get(model: string, id: string): Promise<unknown>;
  findBy(model: string, field: 'uid' | 'userCode', value: string): Promise<unknown>;
  remove(model: string, id: string): Promise<void>;
  removeByGrant(grantId: string): Promise<void>;
}

/** Named secrets of the installation that must survive restarts (signing keys). */
export interface SettingStore {
  get(name: string): Promise<unknown>;
  /** Stores `value` unless there is one; answers what is stored. */
  initialise(name: string, value: unknown): Promise<unknown>;
}

export interface DocumentStore {
  resources: ResourceStore;
  deployments: DeploymentStore;
  identity: IdentityStore;
  expiring: ExpiringStore;
  settings: SettingStore;
  calls: CallLog;
  /** Where the data lies, for people: a folder or a server without its password. */
  readonly place: string;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DocumentStoreOptions {
  /** Real server; `undefined` = embedded. */
  uri: string | undefined;
  /** Folder of the embedded store. */
  dataDirectory: string;
  now(): Date;
}
