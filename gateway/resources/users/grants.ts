import { ok, type Result } from '@baton/engine/protocol';
import type { RoleStore } from '@baton/infra/store';
import type { Access } from '../../access/access.ts';
import { isRole } from '../../access/roles.ts';
import type { Principal } from '../../auth/principal.ts';
import { type Refusal, refuse } from '../../refusal.ts';

/** Who may give which roles, and to whom. */
export interface Grants {
  /** Nobody gives a role that can do more than they can. */
  mayGive(tenantId: string, by: Principal, roles: readonly string[]): Promise<Result<void, Refusal>>;
  /** Nobody changes somebody who can do more than they can. */
  mayChange(
    tenantId: string,
    by: Principal,
    user: { username: string; roles: readonly string[] },
  ): Promise<Result<void, Refusal>>;
}

export function createGrants(access: Access, roles: RoleStore): Grants {
  async function lacking(tenantId: string, by: Principal, held: readonly string[]) {
    const [theirs, own] = await Promise.all([
      access.permissionsOf(tenantId, { roles: held }),
      access.permissionsOf(tenantId, by),
    ]);
    return theirs.filter((permission) => !own.includes(permission));
  }

  return {
    async mayGive(tenantId, by, given) {
      for (const name of given) {
        if (name === 'platform' || !(isRole(name) || (await roles.get(tenantId, name)))) {
          return refuse('VALIDATION_FAILED', `Expected roles of the tenant, but '${name}' is none`);
        }
      }
      const more = await lacking(tenantId, by, given);
      if (more.length === 0) return ok();
      return refuse(
        'PERMISSION_DENIED',
        `Expected roles that can do no more than ${by.username} can, but they also can ${more.join(', ')}`,
        { lacking: more },
      );
    },
    async mayChange(tenantId, by, { username, roles: held }) {
      const more = await lacking(tenantId, by, held);
      if (more.length === 0) return ok();
      return refuse(
        'PERMISSION_DENIED',
        `Expected a user who can do no more than ${by.username} can, but ${username} also can ${more.join(', ')}`,
        { lacking: more },
      );
    },
  };
}
