import type { McpCredentialField, McpCredentialStore, SealedMcpCredentials } from '@baton/infra/store';
import type { Logger } from 'pino';
import { sealAnew } from '../../secrets/sealAnew.ts';
import type { Secrets } from '../../secrets/secrets.ts';

/** What a server is shown of us, as it is: the header's value, the client's secret, what the OAuth client keeps. */
export type McpCredentials = { [F in McpCredentialField]?: string };

/** Credentials of MCP servers, readable; stored they are encrypted, each for its place alone. */
export interface OpenMcpCredentials {
  /** @param user `undefined`: of the server itself */
  get(tenantId: string, serverId: string, user: string | undefined): Promise<McpCredentials | undefined>;
  /** Which there are. */
  has(tenantId: string, serverId: string, user: string | undefined): Promise<ReadonlySet<McpCredentialField>>;
  /** Only the named fields are changed; `null` removes one. */
  change(
    tenantId: string,
    serverId: string,
    user: string | undefined,
    fields: { [F in McpCredentialField]?: string | null },
  ): Promise<void>;
  /** Of the server itself and of everybody. */
  delete(tenantId: string, serverId: string): Promise<void>;
  /** Encrypts anew what lies under an old key. */
  resume(tenantIds: readonly string[]): Promise<void>;
}

/** Where a credential belongs: nowhere else does it open. */
function placeOf(
  tenantId: string,
  serverId: string,
  user: string | undefined,
  field: McpCredentialField,
): string {
  return `mcp/${tenantId}/${serverId}/${encodeURIComponent(user ?? '')}/${field}`;
}

const entriesOf = <T>(fields: { [F in McpCredentialField]?: T }) =>
  Object.entries(fields) as [McpCredentialField, T][];

export function createMcpCredentials({
  store,
  secrets,
  log,
}: {
  store: McpCredentialStore;
  secrets: Secrets;
  log: Logger;
}): OpenMcpCredentials {
  function opened(
    tenantId: string,
    serverId: string,
    user: string | undefined,
    sealed: SealedMcpCredentials,
  ): McpCredentials {
    const fields: McpCredentials = {};
    for (const [field, text] of entriesOf(sealed)) {
      const read = secrets.open(text, placeOf(tenantId, serverId, user, field));
      if (read.ok) fields[field] = read.value;
      else
        log.error(
          { tenantId, server: serverId, field, code: read.failure.code },
          'credential of an MCP server does not open',
        );
    }
    return fields;
  }

  return {
    async get(tenantId, serverId, user) {
      const sealed = await store.get(tenantId, serverId, user);
      return sealed && opened(tenantId, serverId, user, sealed);
    },
    async has(tenantId, serverId, user) {
      const sealed = await store.get(tenantId, serverId, user);
      return new Set(entriesOf(sealed ?? {}).map(([field]) => field));
    },
    change: (tenantId, serverId, user, fields) =>
      store.change(
        tenantId,
        serverId,
        user,
        Object.fromEntries(
          entriesOf(fields).map(([field, value]) => [
            field,
            typeof value === 'string' ? secrets.seal(value, placeOf(tenantId, serverId, user, field)) : value,
          ]),
        ),
      ),
    delete: store.delete,
    async resume(tenantIds) {
      let anew = 0;
      for (const tenantId of tenantIds) {
        for (const { serverId, user, sealed } of await store.all(tenantId)) {
          for (const [field, text] of entriesOf(sealed)) {
            const place = placeOf(tenantId, serverId, user, field);
            const put = (again: string) => store.reseal(tenantId, serverId, user, field, text, again);
            if (await sealAnew(secrets, text, place, put)) anew += 1;
          }
        }
      }
      if (anew > 0)
        log.warn({ secrets: anew }, 'credentials of MCP servers encrypted anew under the first key');
    },
  };
}
