import { ok, type Result } from '@baton/engine/protocol';
import type { ConnectionStore, Page, PageRequest, SavedConnection } from '@baton/infra/store';
import type { ConnectionKind, ToolConnection } from '@baton/tools-registry/contract';
import type { Logger } from 'pino';
import type { ConnectionSettings } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { sealAllAnew } from '../../secrets/sealAnew.ts';
import type { Secrets } from '../../secrets/secrets.ts';

/** A tenant's connections by name, for tools. */
export interface ConnectionService {
  list(tenantId: string, page: PageRequest): Promise<Page<SavedConnection>>;
  get(tenantId: string, name: string): Promise<Result<SavedConnection, Refusal>>;
  create(
    tenantId: string,
    name: string,
    settings: ConnectionSettings,
    by: string,
  ): Promise<Result<SavedConnection, Refusal>>;
  replace(
    tenantId: string,
    name: string,
    settings: ConnectionSettings,
    by: string,
  ): Promise<Result<SavedConnection, Refusal>>;
  delete(tenantId: string, name: string): Promise<Result<void, Refusal>>;
  /** As a tool that it is granted to opens it; `undefined` when there is none, or its password does not open. */
  open(tenantId: string, name: string): Promise<ToolConnection | undefined>;
  /** Encrypts anew what lies under an old key. */
  resume(tenantIds: readonly string[]): Promise<void>;
}

export interface ConnectionOptions {
  store: ConnectionStore;
  secrets: Secrets;
  now(): number;
  log: Logger;
}

/** Where a password belongs: nowhere else does it open. */
function placeOf(tenantId: string, name: string): string {
  return `connection/${tenantId}/${name}`;
}

export function createConnectionService({ store, secrets, now, log }: ConnectionOptions): ConnectionService {
  const missing = (name: string) => refuse('NOT_FOUND', `Expected a connection '${name}', but there is none`);
  const saving = (tenantId: string, name: string, settings: ConnectionSettings, by: string) => {
    const { kind, description, url, readOnly, password } = settings;
    const sealed = password ? secrets.seal(password, placeOf(tenantId, name)) : password;
    return { name, kind, description, url, readOnly, sealed, at: new Date(now()), by };
  };
  return {
    list: store.list,
    async get(tenantId, name) {
      const found = await store.get(tenantId, name);
      return found ? ok(found) : missing(name);
    },
    async create(tenantId, name, settings, by) {
      const made = await store.create(tenantId, saving(tenantId, name, settings, by));
      return made
        ? ok(made)
        : refuse('ALREADY_EXISTS', `Expected a new name for the connection, but '${name}' is taken`, {
            name,
          });
    },
    async replace(tenantId, name, settings, by) {
      const changed = await store.replace(tenantId, saving(tenantId, name, settings, by));
      return changed ? ok(changed) : missing(name);
    },
    async delete(tenantId, name) {
      return (await store.delete(tenantId, name)) ? ok() : missing(name);
    },
    async open(tenantId, name) {
      const [found, sealed] = await Promise.all([store.get(tenantId, name), store.sealed(tenantId, name)]);
      if (!found) return undefined;
      const opened = sealed === undefined ? undefined : secrets.open(sealed, placeOf(tenantId, name));
      if (opened && !opened.ok) {
        log.error({ tenantId, connection: name, code: opened.failure.code }, 'password does not open');
        return undefined;
      }
      return {
        kind: found.kind as ConnectionKind,
        url: found.url,
        readOnly: found.readOnly,
        password: opened?.value,
        revision: `${found.changedAt.getTime()}/${sealed ?? ''}`,
      };
    },
    async resume(tenantIds) {
      const anew = await sealAllAnew(secrets, store, placeOf, tenantIds);
      if (anew > 0)
        log.warn({ connections: anew }, 'passwords of connections encrypted anew under the first key');
    },
  };
}
