import { ok, type Result } from '@baton/engine/protocol';
import type { NamedSecret } from '@baton/infra/store';
import type { secretRoutes } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { SecretService } from './service.ts';

const view = ({ name, changedAt, changedBy }: NamedSecret) => ({
  name,
  changedAt: changedAt.toISOString(),
  changedBy,
});
const saved = (result: Result<NamedSecret, Refusal>) => (result.ok ? ok(view(result.value)) : result);

export function secretHandlers(secrets: SecretService): HandlersOf<typeof secretRoutes> {
  return {
    async list({ tenantId, query }) {
      const { items, total } = await secrets.list(tenantId, query);
      return ok(listAnswer(items.map(view), total, query));
    },
    create: async ({ tenantId, principal, body }) =>
      saved(await secrets.create(tenantId, body.name, body.value, principal.username)),
    replace: async ({ tenantId, principal, params, body }) =>
      saved(await secrets.replace(tenantId, params.name, body.value, principal.username)),
    delete: ({ tenantId, params }) => secrets.delete(tenantId, params.name),
  };
}
