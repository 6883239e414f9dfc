import { ok } from '@baton/engine/protocol';
import type { userRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { UserService } from './service.ts';

export function userHandlers(users: UserService): HandlersOf<typeof userRoutes> {
  return {
    async list({ tenantId, query }) {
      const found = await users.list(tenantId, query);
      return found.ok ? ok(listAnswer(found.value.items, found.value.total, query)) : found;
    },
    get: ({ tenantId, params }) => users.get(tenantId, params.id),
    create: ({ tenantId, principal, body }) => users.create(tenantId, principal, body),
    update: ({ tenantId, principal, params, body }) => users.update(tenantId, principal, params.id, body),
    setRoles: ({ tenantId, principal, params, body }) =>
      users.setRoles(tenantId, principal, params.id, body.roles),
    setPassword: ({ tenantId, principal, params, body }) =>
      users.setPassword(tenantId, principal, params.id, body.password),
    delete: ({ tenantId, principal, params }) => users.delete(tenantId, principal, params.id),
  };
}
