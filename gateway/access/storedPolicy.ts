import type { CustomRole } from '@baton/infra/store';
import type { FilteredAdapter, Model } from 'casbin';

/** Whose policy is loaded: never that of the whole installation. */
export interface PolicyFilter {
  tenantId: string;
}

/**
 * The policy of one tenant as Casbin reads it: a line for each permission of each of the tenant's own roles. It is
 * written by the role's document and by nothing else, so that a role changes as a whole or not at all.
 */
export function storedPolicy(rolesOf: (tenantId: string) => Promise<readonly CustomRole[]>): FilteredAdapter {
  const readOnly = async (): Promise<never> => {
    throw new Error('Expected the policy to be changed through roles, but Casbin was asked to write it');
  };
  return {
    isFiltered: () => true,
    async loadPolicy() {
      throw new Error('Expected the policy of one tenant to be loaded, but all of it was asked for');
    },
    async loadFilteredPolicy(model: Model, { tenantId }: PolicyFilter) {
      for (const { name, permissions } of await rolesOf(tenantId)) {
        for (const permission of permissions) {
          model.addPolicy('p', 'p', [name, tenantId, ...permission.split(':')]);
        }
      }
    },
    savePolicy: readOnly,
    addPolicy: readOnly,
    removePolicy: readOnly,
    removeFilteredPolicy: readOnly,
  };
}
