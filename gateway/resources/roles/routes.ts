import { ok } from '@baton/engine/protocol';
import { type CustomRole, jsonHash } from '@baton/infra/store';
import { roles as builtIn, isRole, type Role } from '../../access/roles.ts';
import type { Permission, RoleView, roleRoutes } from '../../api/index.ts';
import { refuse } from '../../refusal.ts';
import type { HandlersOf } from '../handler.ts';
import type { RoleService } from './service.ts';

export function roleHandlers(roles: RoleService): HandlersOf<typeof roleRoutes> {
  return {
    async listRoles({ tenantId }) {
      const own = await roles.list(tenantId);
      return ok({ items: [...ofEveryTenant.map(builtInView), ...own.map(view)] });
    },
    async createRole({ principal, body: { name, ...content } }) {
      const created = await roles.create(principal, name, content);
      return created.ok ? ok(view(created.value)) : created;
    },
    async getRole({ tenantId, params: { name } }) {
      if (isRole(name) && name !== 'platform') return ok(builtInView(name));
      const found = await roles.get(tenantId, name);
      return found ? ok(view(found)) : refuse('NOT_FOUND', `Expected a role '${name}', but there is none`);
    },
    async updateRole({ principal, params, body, ifMatch = '' }) {
      const updated = await roles.update(principal, params.name, ifMatch, body);
      return updated.ok ? ok(view(updated.value)) : updated;
    },
    deleteRole: ({ principal, params }) => roles.delete(principal, params.name),
  };
}

const descriptions = {
  owner: 'May do everything, and end the tenant.',
  admin: 'Runs the tenant: members, roles, keys, limits, audit.',
  designer: 'Draws and runs processes; writes agents and tasks, uses tools.',
  author: 'Writes tools, and tries them in runs of deployed processes.',
  operator: 'Keeps runs going: starts, cancels, resolves incidents, completes tasks.',
  viewer: 'Sees everything but what concerns running the tenant.',
} satisfies { [R in Exclude<Role, 'platform'>]: string };
const ofEveryTenant = Object.keys(descriptions) as (keyof typeof descriptions)[];

const builtInView = (name: keyof typeof descriptions): RoleView => {
  const content = { description: descriptions[name], permissions: [...builtIn[name]] };
  return { name, builtIn: true, ...content, hash: jsonHash({ name, content }) };
};

const view = ({
  name,
  description,
  permissions,
  tools,
  hash,
  changedAt,
  changedBy,
}: CustomRole): RoleView => ({
  name,
  builtIn: false,
  description,
  permissions: permissions as Permission[],
  ...(tools && { tools }),
  hash,
  changedAt: changedAt.toISOString(),
  changedBy,
});
