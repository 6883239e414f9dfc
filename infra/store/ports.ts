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
  /** What the content names, e.g. `provider/office-gpu`: `referring` finds it by these. */
  references?: readonly string[];
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
  /**
   * Whether the id is one of another tenant. For the one API that tells "not yours" from "not there" (`/api/v1`): it answers
   * nothing but existence, and ids are random, so nobody comes by one but from its owner.
   */
  existsElsewhere(tenantId: string, kind: ResourceKind, id: string): Promise<boolean>;
  /** Old versions stay readable by runs that named them (`get` with a version). */
  delete(tenantId: string, kind: ResourceKind, id: string): Promise<boolean>;
  /** Those whose latest version was saved with this reference, by name. */
  referring(
    tenantId: string,
    kind: ResourceKind,
    reference: string,
    page: PageRequest,
  ): Promise<Page<ResourceVersion>>;
  /** What the tenant has: how many that are not deleted, and bytes of all versions, deleted ones too. */
  stored(tenantId: string): Promise<{ counts: { [K in ResourceKind]: number }; bytes: number }>;
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
  addOwner(id: string, userId: string): Promise<void>;
  /** One atomic step: false, and nothing changed, when nobody else is an owner. */
  removeOwner(id: string, userId: string): Promise<boolean>;
  delete(id: string): Promise<boolean>;
}

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

/** A role a tenant made for itself: these documents are its access policy. */
export interface CustomRole {
  tenantId: string;
  /** Unique in the tenant. */
  name: string;
  description: string;
  /** `resource:action`. */
  permissions: string[];
  /** sha-256 of the canonical JSON of the above, hex. */
  hash: string;
  changedAt: Date;
  changedBy: string;
}

export interface NewCustomRole {
  name: string;
  description: string;
  permissions: readonly string[];
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

/** Numbers by name: what the platform gives a tenant, and what the tenant sets for itself. */
export interface LimitLayers {
  granted: { readonly [name: string]: number };
  own: { readonly [name: string]: number };
}

/** How much of what a tenant may use, and from where. */
export interface LimitSettings {
  rates: LimitLayers;
  quotas: LimitLayers;
  /** Addresses and networks; an empty list of those allowed allows all. */
  allow: readonly string[];
  deny: readonly string[];
}

export interface LimitChanges {
  rates?: Partial<LimitLayers>;
  quotas?: Partial<LimitLayers>;
  allow?: readonly string[];
  deny?: readonly string[];
}

/** Whoever changes them publishes a `Notice` of kind `limits`. */
export interface LimitStore {
  /** Nothing set, where there is no document. */
  get(tenantId: string): Promise<LimitSettings>;
  /** What is given replaces what was there; the rest stays. */
  change(tenantId: string, changes: LimitChanges): Promise<LimitSettings>;
}

export type ProviderType = 'ollama' | 'openai' | 'openai-compatible' | 'anthropic' | 'mock';
export type ValidationStatus = 'pending' | 'validating' | 'connected' | 'error';

/** US dollars for a million tokens. */
export interface ModelPrice {
  model: string;
  input: number;
  /** Input the server had kept; as `input` without it. */
  cachedInput?: number;
  output: number;
}

/** What the last check of a provider found. */
export interface ProviderValidation {
  status: ValidationStatus;
  /** Stable code of what is wrong; '' otherwise. */
  code: string;
  message: string;
  /** When a check last ended. */
  validatedAt?: Date;
}

/** Where a tenant's agents find their models. */
export interface Provider {
  id: string;
  tenantId: string;
  /** Unique in the tenant; agents name it. */
  name: string;
  type: ProviderType;
  /** Without a slash at the end; `undefined` = the type's own. */
  baseUrl?: string;
  /** The API key, encrypted; this store never sees it otherwise. */
  sealedKey?: string;
  keyChangedAt?: Date;
  prices: ModelPrice[];
  /** Models the last successful check found. */
  models: string[];
  validation: ProviderValidation;
  /** sha-256 of what people set (name, type, address, prices, when the key changed), hex. */
  hash: string;
  createdAt: Date;
  changedAt: Date;
  changedBy: string;
  /** Nobody may choose it any more; agents that name it go on until another one takes the name. */
  retired: boolean;
}

export interface ProviderSave {
  name: string;
  type: ProviderType;
  baseUrl?: string;
  sealedKey?: string;
  keyChangedAt?: Date;
  prices: readonly ModelPrice[];
  validation: ProviderValidation;
  /** Names the check that is under way: only its outcome is taken. */
  check: string;
  by: string;
  at: Date;
}

export interface ProviderStore {
  /** By name, without those retired. */
  list(tenantId: string, page: PageRequest): Promise<Page<Provider>>;
  /** Retired ones too. */
  all(tenantId: string): Promise<Provider[]>;
  get(tenantId: string, id: string): Promise<Provider | undefined>;
  /** The one that has the name, or else the one retired last that had it. */
  getByName(tenantId: string, name: string): Promise<Provider | undefined>;
  create(
    tenantId: string,
    id: string,
    save: ProviderSave,
  ): Promise<Result<Provider, { code: 'ALREADY_EXISTS' }>>;
  /** Compare-and-set; models found so far stay. */
  update(
    tenantId: string,
    id: string,
    expectedHash: string,
    save: ProviderSave,
  ): Promise<
    Result<
      Provider,
      { code: 'NOT_FOUND' | 'ALREADY_EXISTS' } | { code: 'VERSION_CONFLICT'; latest: Provider }
    >
  >;
  /** Status `validating`, with what was found before; earlier checks under way no longer count. */
  beginCheck(tenantId: string, id: string, check: string): Promise<Provider | undefined>;
  /** Takes the outcome of the check that began last; `undefined` for any other. */
  endCheck(
    tenantId: string,
    id: string,
    check: string,
    validation: ProviderValidation,
    models: readonly string[] | undefined,
  ): Promise<Provider | undefined>;
  /** Another encryption of the same key; false when the key has changed meanwhile. */
  reseal(tenantId: string, id: string, from: string, to: string): Promise<boolean>;
  retire(tenantId: string, id: string): Promise<boolean>;
  /** Takes a retired one away for good, its key included. */
  remove(tenantId: string, id: string): Promise<boolean>;
}

/** Numbers by account. An account's name has neither a dot nor a dollar. */
export type Amounts = { readonly [account: string]: number };

export interface Ledger {
  /** Rises with every change. */
  revision: number;
  accounts: ReadonlyMap<string, { used: number; reserved: number }>;
  /** Accounts somebody was warned about. */
  warned: readonly string[];
}

/** What tenants use up. Each call is one conditional update of one document: exact for all processes. */
export interface LedgerStore {
  /** Without what was reserved and has ended. */
  get(tenantId: string): Promise<Ledger>;
  /** All amounts or none: refused when used, reserved and the amount together would pass an account's cap. */
  reserve(
    tenantId: string,
    reservation: { id: string; until: Date; amounts: Amounts },
    caps: Amounts,
  ): Promise<Result<Ledger, { code: 'EXCEEDED'; account: string; used: number; reserved: number }>>;
  /** Replaces what is reserved under `id` (`amounts`) by what was used; what has ended meanwhile is counted all the same. */
  settle(tenantId: string, id: string, amounts: Amounts, used: Amounts): Promise<Ledger>;
  /** Counts what was used; less than nothing gives back. */
  add(tenantId: string, used: Amounts): Promise<Ledger>;
  /** Sets what was counted elsewhere, and forgets accounts: only if nothing changed since `revision`. */
  correct(
    tenantId: string,
    revision: number,
    counted: Amounts,
    forgotten: readonly string[],
  ): Promise<boolean>;
  /** Whether the caller is the first to warn about the account. */
  warn(tenantId: string, account: string): Promise<boolean>;
  unwarn(tenantId: string, account: string): Promise<void>;
}

export interface User {
  id: string;
  username: string;
  name: string;
  email: string;
  tenantId: string;
  roles: string[];
  /** A user who is not cannot sign in. */
  enabled: boolean;
  /** scrypt, `salt:hash` in hex; only the embedded issuer reads it. */
  passwordHash: string;
}

/** Users of the embedded issuer. */
export interface IdentityStore {
  user(id: string): Promise<User | undefined>;
  userByName(username: string): Promise<User | undefined>;
  users(): Promise<User[]>;
  saveUser(user: User): Promise<void>;
  /** By username. */
  usersOf(tenantId: string, page: PageRequest): Promise<Page<User>>;
  createUser(user: User): Promise<Result<void, { code: 'ALREADY_EXISTS' }>>;
  /** False when the tenant has no such user. */
  changeUser(
    tenantId: string,
    id: string,
    changes: Partial<Pick<User, 'name' | 'email' | 'roles' | 'enabled' | 'passwordHash'>>,
  ): Promise<boolean>;
  deleteUser(tenantId: string, id: string): Promise<boolean>;
}

/** What of a user's sessions has ended, for whoever meets an access token of before. */
export interface SessionEnds {
  /** Every session that began up to then. */
  before: Date | undefined;
  /** Single ones, by the issuer's session id. */
  sessions: string[];
}

/** Whoever ends one publishes a `Notice` of kind `session` with the user's id. */
export interface SessionStore {
  /** Ends one session, or without `sessionId` all there are. Kept as long as any access token may live: a day. */
  end(tenantId: string, userId: string, ended: { at: Date; sessionId?: string }): Promise<void>;
  ends(tenantId: string, userId: string): Promise<SessionEnds>;
}

export type InvitationStatus = 'open' | 'accepted' | 'revoked';

/** Somebody may become a user of the tenant, once. */
export interface Invitation {
  id: string;
  tenantId: string;
  /** Whom it is meant for. */
  email: string;
  roles: string[];
  /** `open` also when its time is over. */
  status: InvitationStatus;
  expiresAt: Date;
  createdAt: Date;
  createdBy: string;
  /** Who they are now. */
  acceptedBy?: string;
}

export interface InvitationStore {
  /** @param tokenHash sha-256 of the link's secret, hex; the secret is stored nowhere. */
  create(invitation: Omit<Invitation, 'status' | 'acceptedBy'>, tokenHash: string): Promise<void>;
  /** Newest first. */
  list(tenantId: string, page: PageRequest): Promise<Page<Invitation>>;
  get(tenantId: string, id: string): Promise<Invitation | undefined>;
  /** The one call without a tenant: who brings the secret does not know it yet. */
  byToken(tokenHash: string): Promise<Invitation | undefined>;
  /** One atomic step from one status to the other: false when it was not in `from` any more. */
  change(
    tenantId: string,
    id: string,
    from: InvitationStatus,
    to: InvitationStatus,
    acceptedBy?: string,
  ): Promise<boolean>;
}

/** Short-lived documents of the embedded OIDC provider (sessions, grants, codes): the panva `Adapter` contract in our words. */
export interface ExpiringStore {
  put(
    model: string,
    id: string,
    payload: unknown,
    expiresAt: Date | undefined,
    keys: { grantId?: string; uid?: string; userCode?: string; accountId?: string },
  ): Promise<void>;
  get(model: string, id: string): Promise<unknown>;
  findBy(model: string, field: 'uid' | 'userCode', value: string): Promise<unknown>;
  remove(model: string, id: string): Promise<void>;
  removeByGrant(grantId: string): Promise<void>;
  /** All that was kept for a user. */
  removeByAccount(accountId: string): Promise<void>;
}

/** Named secrets of the installation that must survive restarts (signing keys). */
export interface SettingStore {
  get(name: string): Promise<unknown>;
  /** Stores `value` unless there is one; answers what is stored. */
  initialise(name: string, value: unknown): Promise<unknown>;
}

/** Who did what, with which outcome. Never changed once it is appended. */
export interface AuditRecord {
  /** Unique in the installation; the same id told again is the same entry. */
  id: string;
  /** `-` when no tenant is known. */
  tenantId: string;
  actor: { kind: string; id: string; name: string };
  /** `resource.action`. */
  action: string;
  /** `unknown`: begun, and nobody was left to tell how it ended. */
  outcome: 'done' | 'denied' | 'failed' | 'unknown';
  errorCode?: string;
  resource: { kind: string; id: string };
  /** sha-256, hex. */
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
  /** Kind of the resource, and its id. */
  resourceKind?: string;
  resourceId?: string;
  /** epoch ms; `from` included, `to` not. */
  from?: number;
  to?: number;
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
  /** Newest first. */
  list(tenantId: string, filter: AuditFilter, page: PageRequest): Promise<Page<AuditRecord>>;
}

/** A key for programs. The store never sees the key itself. */
export interface ApiKeyRecord {
  /** Unique in the installation. */
  id: string;
  tenantId: string;
  name: string;
  /** Permissions, `resource:action`. */
  scopes: string[];
  /** What is accepted: sha-256 of the whole key, hex, and until when (epoch ms) if it is being replaced. */
  secrets: { hash: string; until?: number }[];
  createdBy: { id: string; name: string };
  /** epoch ms. */
  createdAt: number;
  expiresAt?: number;
  revokedAt?: number;
  /** Not exact: written now and then. */
  lastUsedAt?: number;
}

/** Whoever changes a key publishes a `Notice` of kind `apiKey` with its id. */
export interface ApiKeyStore {
  create(key: ApiKeyRecord): Promise<void>;
  /** Without a tenant, for who presents a key does not name one: the key says whose it is. */
  find(id: string): Promise<ApiKeyRecord | undefined>;
  get(tenantId: string, id: string): Promise<ApiKeyRecord | undefined>;
  /** Newest first, revoked ones too. */
  list(tenantId: string, page: PageRequest): Promise<Page<ApiKeyRecord>>;
  /** Compare-and-set: false when the key is revoked or somebody replaced the newest secret meanwhile. */
  rotate(
    tenantId: string,
    id: string,
    expectedHash: string,
    secrets: ApiKeyRecord['secrets'],
  ): Promise<boolean>;
  /** False when there is no such key. The first time counts. */
  revoke(tenantId: string, id: string, at: number): Promise<boolean>;
  used(tenantId: string, id: string, at: number): Promise<void>;
}

export interface TakenReply {
  /** What was asked: the same key with another one is not the same request. */
  fingerprint: string;
  /** Of who answers it first. */
  owner: string;
  /** Until then the owner is believed to be at work. */
  leaseUntil: Date;
  expiresAt: Date;
}

/** Answers kept to be given again to who asks again. */
export interface ReplyStore {
  /** One atomic step: the key is taken for the owner, or it is taken already and, once answered, has its reply. */
  take(
    tenantId: string,
    key: string,
    taken: TakenReply,
  ): Promise<{ taken: true } | { taken: false; fingerprint: string; reply: unknown }>;
  /** Keeps the answer, if the key is still the owner's. */
  keep(tenantId: string, key: string, owner: string, reply: unknown): Promise<void>;
  /** As if never taken, if the key is still the owner's and not answered. */
  release(tenantId: string, key: string, owner: string): Promise<void>;
}

/** One run of an agent outside a process. */
export interface AgentRunRecord {
  id: string;
  tenantId: string;
  agentId: string;
  agentName: string;
  agentVersion: number;
  model: string;
  prompt: string;
  /** `null` when it failed. */
  answer: string | null;
  error: { code: string; message: string } | null;
  usage: { inputTokens: number; outputTokens: number; cost: number };
  actor: { kind: string; id: string; name: string };
  /** epoch ms. */
  startedAt: number;
  /** ms. */
  duration: number;
}

export interface AgentRunStore {
  append(run: AgentRunRecord): Promise<void>;
  /** Newest first. */
  list(tenantId: string, page: PageRequest): Promise<Page<AgentRunRecord>>;
}

/** Everything of a tenant, without what is secret. */
export interface TenantData {
  /** Documents by collection, as stored. */
  collections: { [name: string]: unknown[] };
  /** sha-256 of what the tenant made, hex; the audit and the tenant's own state are not part of it. */
  hash: string;
}

/** Over every collection there is, those of future models included. */
export interface TenantDataStore {
  read(tenantId: string): Promise<TenantData>;
  /** Removes all of it, the tenant last. Answers how many documents went, by collection. */
  erase(tenantId: string): Promise<{ [collection: string]: number }>;
}

export interface DocumentStore {
  resources: ResourceStore;
  deployments: DeploymentStore;
  tenants: TenantStore;
  members: MemberStore;
  roles: RoleStore;
  limits: LimitStore;
  ledger: LedgerStore;
  providers: ProviderStore;
  identity: IdentityStore;
  sessions: SessionStore;
  invitations: InvitationStore;
  expiring: ExpiringStore;
  settings: SettingStore;
  calls: CallLog;
  audit: AuditStore;
  apiKeys: ApiKeyStore;
  replies: ReplyStore;
  agentRuns: AgentRunStore;
  tenantData: TenantDataStore;
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
