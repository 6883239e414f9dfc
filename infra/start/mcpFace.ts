import type { ExpiringStore } from '@baton/infra/store';
import { createMcpFace, type McpFaceWorld, type PendingCall, type PendingCalls } from '@baton/tools-registry';
import type { McpFace } from '@baton/tools-registry/contract';

const MODEL = 'McpCall';

/** Calls that wait for an answer, where every process of the product finds them. */
export function pendingCalls(store: ExpiringStore, now: () => number): PendingCalls {
  const idOf = (tenantId: string, id: string) => `${encodeURIComponent(tenantId)}/${id}`;
  return {
    put: (tenantId, id, call, ttl) => store.put(MODEL, idOf(tenantId, id), call, new Date(now() + ttl), {}),
    get: async (tenantId, id) => (await store.get(MODEL, idOf(tenantId, id))) as PendingCall | undefined,
    remove: (tenantId, id) => store.remove(MODEL, idOf(tenantId, id)),
  };
}

/** Our MCP server over the tools of all sources. */
export function openMcpFace(
  store: { expiring: ExpiringStore },
  world: Omit<McpFaceWorld, 'pending'>,
): McpFace {
  return createMcpFace({ ...world, pending: pendingCalls(store.expiring, world.now) });
}
