import { ok } from '@baton/engine/protocol';
import type { instanceRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { InstanceService } from './service.ts';

export function instanceHandlers(instances: InstanceService): HandlersOf<typeof instanceRoutes> {
  return {
    async listInstances({ tenantId, query: { limit, offset, ...filter } }) {
      const found = await instances.list(tenantId, filter, { limit, offset });
      return found.ok ? ok(listAnswer(found.value.items, found.value.total, { limit, offset })) : found;
    },
    startInstance({ tenantId, body: { variables, ...process } }) {
      return instances.start(tenantId, process, variables);
    },
    getInstance: ({ tenantId, params }) => instances.get(tenantId, params.key),
    cancelInstance: ({ tenantId, params }) => instances.cancel(tenantId, params.key),
    listElementInstances: ({ tenantId, params }) => instances.elements(tenantId, params.key),
    async listVariables({ tenantId, params }) {
      const found = await instances.variables(tenantId, params.key);
      return found.ok ? ok({ items: found.value }) : found;
    },
    async listHistory({ tenantId, params, query }) {
      const found = await instances.history(tenantId, params.key, query);
      return found.ok ? ok(listAnswer(found.value.items, found.value.total, query)) : found;
    },
    async listIncidents({ tenantId, params }) {
      const found = await instances.incidents(tenantId, params.key);
      return found.ok ? ok({ items: found.value }) : found;
    },
    async listCalls({ tenantId, params }) {
      const found = await instances.calls(tenantId, params.key);
      return found.ok ? ok({ items: found.value }) : found;
    },
    resolveIncident: ({ tenantId, params, body }) =>
      instances.resolveIncident(tenantId, params.key, body.retries),
  };
}
