import type { Notices } from '@baton/infra/coordination';
import type { Access } from './access.ts';
import type { Standing } from './standing.ts';

/** Lets nothing that is kept of tenants, members and roles outlive a change on any gateway. Returns the end of it. */
export function keepUpToDate(
  notices: Notices,
  { standing, access }: { standing: Standing; access: Access },
): () => void {
  return notices.subscribe(
    ({ kind, tenantId, id }) => {
      switch (kind) {
        case 'tenant':
          standing.forgetTenant(tenantId);
          standing.forgetMember(tenantId);
          access.forget(tenantId);
          break;
        case 'member':
          standing.forgetMember(tenantId, id);
          break;
        case 'roles':
          access.forget(tenantId);
          break;
      }
    },
    () => {
      standing.forgetAll();
      access.forget();
    },
  );
}
