import { ok } from '@baton/engine/protocol';
import type { TenantStore } from '@baton/infra/store';
import type { Access } from '../../access/access.ts';
import type { Configuration, sessionRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';

export interface SessionOptions {
  configuration: Configuration;
  tenants: TenantStore;
  access: Access;
}

export function sessionHandlers({
  configuration,
  tenants,
  access,
}: SessionOptions): HandlersOf<typeof sessionRoutes> {
  return {
    configuration: async () => ok(configuration),
    async me({ principal, tenantId }) {
      const { userId: id, username, name, roles } = principal;
      const tenant = await tenants.get(tenantId);
      return ok({
        user: { id, username, name, initials: initialsOf(name) },
        tenant: { id: tenantId, name: tenant?.name ?? tenantId },
        roles: [...roles],
        permissions: await access.permissionsOf(tenantId, principal),
      });
    },
  };
}

function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word!][0]!.toUpperCase()).join('');
}
