import type { Page, PageRequest } from './page.ts';

/** A key for programs. The store never sees the key itself. */
export interface ApiKeyRecord {
  /** Unique in the installation. */
  id: string;
  tenantId: string;
  name: string;
  /** Permissions, `resource:action`. */
  scopes: string[];
  /** Patterns of the tools it may call; all, where it says nothing. */
  tools?: string[];
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
