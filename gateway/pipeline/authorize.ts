import { ok } from '@baton/engine/protocol';
import type { Access } from '../access/access.ts';
import { refuse } from '../refusal.ts';
import type { Stage } from './exchange.ts';

/** Whether one of the roles of the token grants the row's permission in the tenant. */
export function authorize(access: Access): Stage {
  return async ({ row, principal, tenantId }) => {
    if (row.permission === 'public') return ok();
    if (!principal || tenantId === undefined)
      throw new Error('authorize runs behind authenticate and tenant');
    if (row.permission === 'signedIn') return ok();
    if (await access.allows(tenantId, principal, row.permission)) return ok();
    return refuse(
      'PERMISSION_DENIED',
      `Expected a role with the permission ${row.permission}, but ${principal.username} has ${principal.roles.join(', ') || 'no role'}`,
      { permission: row.permission, roles: principal.roles },
    );
  };
}
