import { ok } from '@baton/engine/protocol';
import type { McpServerStore, TenantStore } from '@baton/infra/store';
import { type RegistryEntry, registryMeta, type registryRoutes } from '../../api/index.ts';
import { refuse } from '../../refusal.ts';
import type { HandlersOf } from '../handler.ts';
import { connectedServer, ownServer } from './serverDocument.ts';

export interface RegistryOptions {
  servers: Pick<McpServerStore, 'all'>;
  tenants: Pick<TenantStore, 'get'>;
  /** Origin people and programs use. */
  origin: string;
  /** Of the product. */
  version: string;
}

export function registryHandlers(options: RegistryOptions): HandlersOf<typeof registryRoutes> {
  const { servers, tenants, origin, version } = options;

  /** Our own, and those that are switched on, by name. */
  async function entriesOf(tenantId: string): Promise<RegistryEntry[]> {
    const [tenant, connected] = await Promise.all([tenants.get(tenantId), servers.all(tenantId)]);
    const since = tenant?.createdAt ?? new Date(0);
    return [
      entry(ownServer(origin, tenantId, version), since, since),
      ...connected
        .filter(({ enabled }) => enabled)
        .map((server) => entry(connectedServer(origin, server), server.createdAt, server.changedAt)),
    ].sort((a, b) => (a.server.name < b.server.name ? -1 : 1));
  }
  async function named(tenantId: string, name: string) {
    return (await entriesOf(tenantId)).find(({ server }) => server.name === name);
  }
  const missing = (name: string, wanted = '') =>
    refuse('NOT_FOUND', `Expected a server '${name}'${wanted}, but the registry has none`);

  return {
    async servers({ tenantId, query: { cursor, limit, search, updated_since, version: wanted } }) {
      const since = updated_since === undefined ? 0 : Date.parse(updated_since);
      const fits = ({ server, _meta }: RegistryEntry) =>
        (search === undefined || server.name.toLowerCase().includes(search.toLowerCase())) &&
        (wanted === undefined || wanted === 'latest' || server.version === wanted) &&
        Date.parse(_meta[registryMeta].updatedAt) >= since;
      const found = (await entriesOf(tenantId)).filter(fits);
      const rest = cursor === undefined ? found : found.filter(({ server }) => server.name > cursor);
      const shown = rest.slice(0, limit);
      const last = shown.at(-1);
      return ok({
        servers: shown,
        metadata: {
          count: shown.length,
          ...(last && rest.length > shown.length ? { nextCursor: last.server.name } : {}),
        },
      });
    },
    async versions({ tenantId, params: { name } }) {
      const found = await named(tenantId, name);
      return found ? ok({ servers: [found], metadata: { count: 1 } }) : missing(name);
    },
    async version({ tenantId, params: { name, version: wanted } }) {
      const found = await named(tenantId, name);
      if (!found) return missing(name);
      return wanted === 'latest' || wanted === found.server.version
        ? ok(found)
        : missing(name, ` in version ${wanted}`);
    },
  };
}

function entry(server: RegistryEntry['server'], published: Date, updated: Date): RegistryEntry {
  return {
    server,
    _meta: {
      [registryMeta]: {
        status: 'active',
        publishedAt: published.toISOString(),
        updatedAt: updated.toISOString(),
        isLatest: true,
      },
    },
  };
}
