import type { CustomRole } from '@baton/infra/store';
import type { FilteredAdapter, Model } from 'casbin';

/** Whose policy is loaded: never that of the whole installation. */
export interface PolicyFilter {
  tenantId: string;
  role: string;
}

/**
 * The policy of one role of a tenant's own as Casbin reads it: a line for each of its permissions. It is
 * written by the role's document and by nothing else, so that a role changes as a whole or not at all.
 */
export function storedPolicy(
  roleOf: (tenantId: string, name: string) => Promise<CustomRole | undefined>,
): FilteredAdapter {
  const readOnly = async (): Promise<never> => {
    throw new Error('Expected the policy to be changed through roles, but Casbin was asked to write it');
  };
  return {
    isFiltered: () => true,
    async loadPolicy() {
      throw new Error('Expected the policy of one role to be loaded, but all of it was asked for');
    },
    async loadFilteredPolicy(model: Model, { tenantId, role }: PolicyFilter) {
      for (const permission of (await roleOf(tenantId, role))?.permissions ?? []) {
        model.addPolicy('p', 'p', [role, tenantId, ...permission.split(':')]);
      }
    },
    savePolicy: readOnly,
    addPolicy: readOnly,
    removePolicy: readOnly,
    removeFilteredPolicy: readOnly,
  };
}
