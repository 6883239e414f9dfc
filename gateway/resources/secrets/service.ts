import { ok, type Result } from '@baton/engine/protocol';
import type { NamedSecret, Page, PageRequest, SecretStore } from '@baton/infra/store';
import type { Logger } from 'pino';
import { type Refusal, refuse } from '../../refusal.ts';
import { sealAllAnew } from '../../secrets/sealAnew.ts';
import type { Secrets } from '../../secrets/secrets.ts';

/** A tenant's secrets by name, for tools. */
export interface SecretService {
  list(tenantId: string, page: PageRequest): Promise<Page<NamedSecret>>;
  create(tenantId: string, name: string, value: string, by: string): Promise<Result<NamedSecret, Refusal>>;
  replace(tenantId: string, name: string, value: string, by: string): Promise<Result<NamedSecret, Refusal>>;
  delete(tenantId: string, name: string): Promise<Result<void, Refusal>>;
  /** The secret itself, for a tool that it is granted to; `undefined` when there is none or it does not open. */
  open(tenantId: string, name: string): Promise<string | undefined>;
  /** Encrypts anew what lies under an old key. */
  resume(tenantIds: readonly string[]): Promise<void>;
}

export interface SecretOptions {
  store: SecretStore;
  secrets: Secrets;
  now(): number;
  log: Logger;
}

/** Where a secret belongs: nowhere else does it open. */
function placeOf(tenantId: string, name: string): string {
  return `secret/${tenantId}/${name}`;
}

export function createSecretService({ store, secrets, now, log }: SecretOptions): SecretService {
  const missing = (name: string) => refuse('NOT_FOUND', `Expected a secret '${name}', but there is none`);
  const saving = (tenantId: string, name: string, value: string, by: string) => ({
    name,
    sealed: secrets.seal(value, placeOf(tenantId, name)),
    at: new Date(now()),
    by,
  });
  return {
    list: store.list,
    async create(tenantId, name, value, by) {
      const made = await store.create(tenantId, saving(tenantId, name, value, by));
      return made
        ? ok(made)
        : refuse('ALREADY_EXISTS', `Expected a new name for the secret, but '${name}' is taken`, { name });
    },
    async replace(tenantId, name, value, by) {
      const changed = await store.replace(tenantId, saving(tenantId, name, value, by));
      return changed ? ok(changed) : missing(name);
    },
    async delete(tenantId, name) {
      return (await store.delete(tenantId, name)) ? ok() : missing(name);
    },
    async open(tenantId, name) {
      const sealed = await store.sealed(tenantId, name);
      if (sealed === undefined) return undefined;
      const opened = secrets.open(sealed, placeOf(tenantId, name));
      if (opened.ok) return opened.value;
      log.error({ tenantId, secret: name, code: opened.failure.code }, 'secret does not open');
      return undefined;
    },
    async resume(tenantIds) {
      const anew = await sealAllAnew(secrets, store, placeOf, tenantIds);
      if (anew > 0) log.warn({ secrets: anew }, 'secrets of tools encrypted anew under the first key');
    },
  };
}
