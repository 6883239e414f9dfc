import { ok, type Result } from '@baton/engine/protocol';
import type { SavedConnection } from '@baton/infra/store';
import type { ConnectionTest } from '@baton/tools-registry/contract';
import type { Connection, ConnectionKind, connectionRoutes } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { ConnectionService } from './service.ts';

/** Connects as tools do. */
export interface ConnectionTrial {
  testConnection(tenantId: string, name: string, signal: AbortSignal): Promise<ConnectionTest>;
}

function view({ tenantId: _, kind, changedAt, ...shown }: SavedConnection): Connection {
  return { ...shown, kind: kind as ConnectionKind, changedAt: changedAt.toISOString() };
}
const saved = (result: Result<SavedConnection, Refusal>) => (result.ok ? ok(view(result.value)) : result);

export function connectionHandlers(
  connections: ConnectionService,
  trial: ConnectionTrial,
  now: () => number,
): HandlersOf<typeof connectionRoutes> {
  return {
    async list({ tenantId, query }) {
      const { items, total } = await connections.list(tenantId, query);
      return ok(listAnswer(items.map(view), total, query));
    },
    get: async ({ tenantId, params }) => saved(await connections.get(tenantId, params.name)),
    create: async ({ tenantId, principal, body: { name, ...settings } }) =>
      saved(await connections.create(tenantId, name, settings, principal.username)),
    replace: async ({ tenantId, principal, params, body }) =>
      saved(await connections.replace(tenantId, params.name, body, principal.username)),
    delete: ({ tenantId, params }) => connections.delete(tenantId, params.name),
    async test({ tenantId, params, signal }) {
      const found = await connections.get(tenantId, params.name);
      if (!found.ok) return found;
      const startedAt = now();
      const tested = await trial.testConnection(tenantId, params.name, signal);
      return ok({ ...tested, duration: now() - startedAt });
    },
  };
}
