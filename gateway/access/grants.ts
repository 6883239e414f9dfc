import { ok, type Result } from '@baton/engine/protocol';
import type { RoleStore } from '@baton/infra/store';
import type { Permission } from '../api/index.ts';
import type { Principal } from '../auth/principal.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Access } from './access.ts';
import { isRole } from './roles.ts';
import { anyTool, covers } from './toolPatterns.ts';

type Answered = Promise<Result<void, Refusal>>;

/** Who may give which roles, and to whom: nobody gives or takes more than they hold themselves. */
export interface Grants {
  /** Nobody gives a role that can do more than they can, nor one that the tenant does not have. */
  mayGive(tenantId: string, by: Principal, roles: readonly string[]): Answered;
  /** Nobody changes somebody who can do more than they can. */
  mayChange(tenantId: string, by: Principal, user: { username: string; roles: readonly string[] }): Answered;
  /** Nobody writes a role, or over one, that can do more than they can. */
  mayWrite(
    tenantId: string,
    by: Principal,
    role: { permissions: readonly string[]; tools?: readonly string[] },
  ): Answered;
}

export function createGrants(access: Access, roles: RoleStore): Grants {
  async function lacking(tenantId: string, by: Principal, wanted: readonly string[]): Promise<string[]> {
    const own: readonly string[] = await access.permissionsOf(tenantId, by);
    return [...new Set(wanted)].filter((permission) => !own.includes(permission));
  }
  async function lackingTools(tenantId: string, by: Principal, wanted: readonly string[]): Promise<string[]> {
    const own = await access.toolsOf(tenantId, by);
    return wanted
      .filter((tool) => !own.some((pattern) => covers(pattern, tool)))
      .map((tool) => `call ${tool}`);
  }
  const permissionsOf = (tenantId: string, held: readonly string[]): Promise<Permission[]> =>
    access.permissionsOf(tenantId, { roles: held });

  return {
    async mayGive(tenantId, by, given) {
      for (const name of given) {
        // Who runs the installation is said where sign-in happens, never by a tenant.
        if (name === 'platform' || !(isRole(name) || (await roles.get(tenantId, name)))) {
          return refuse('VALIDATION_FAILED', `Expected roles of the tenant, but '${name}' is none`);
        }
      }
      const more = [
        ...(await lacking(tenantId, by, await permissionsOf(tenantId, given))),
        ...(await lackingTools(tenantId, by, await access.toolsOf(tenantId, { roles: given }))),
      ];
      if (more.length === 0) return ok();
      return refuse(
        'PERMISSION_DENIED',
        `Expected roles that can do no more than ${by.username} can, but they also can ${more.join(', ')}`,
        { lacking: more },
      );
    },
    async mayChange(tenantId, by, { username, roles: held }) {
      const more = [
        ...(await lacking(tenantId, by, await permissionsOf(tenantId, held))),
        ...(await lackingTools(tenantId, by, await access.toolsOf(tenantId, { roles: held }))),
      ];
      if (more.length === 0) return ok();
      return refuse(
        'PERMISSION_DENIED',
        `Expected a user who can do no more than ${by.username} can, but ${username} also can ${more.join(', ')}`,
        { lacking: more },
      );
    },
    async mayWrite(tenantId, by, { permissions, tools = anyTool }) {
      const calls = permissions.includes('tools:run') ? tools : [];
      const more = [
        ...(await lacking(tenantId, by, permissions)),
        ...(await lackingTools(tenantId, by, calls)),
      ];
      if (more.length === 0) return ok();
      return refuse(
        'PERMISSION_DENIED',
        `Expected a role that can do no more than ${by.username} can, but it also can ${more.join(', ')}`,
        { lacking: more },
      );
    },
  };
}
