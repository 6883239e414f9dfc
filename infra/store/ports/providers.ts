import type { Result } from '@baton/engine/protocol';
import type { Page, PageRequest } from './page.ts';

export type ProviderType =
  | 'ollama'
  | 'openai'
  | 'openai-compatible'
  | 'anthropic'
  | 'local'
  | 'mock'
  | 'scripted';
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
  /** What a scripted one answers, as people wrote it. */
  scenario?: string;
  /** Models the last successful check found. */
  models: string[];
  validation: ProviderValidation;
  /** sha-256 of what people set (name, type, address, prices, scenario, when the key changed), hex. */
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
  scenario?: string;
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
