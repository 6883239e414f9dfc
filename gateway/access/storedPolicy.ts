import type { CustomRole } from '@baton/infra/store';
import type { FilteredAdapter, Model } from 'casbin';
import { anyTool, toolObject } from './toolPatterns.ts';

/** Whose policy is loaded: never that of the whole installation. */
export interface PolicyFilter {
  tenantId: string;
  role: string;
}

/** Lines of the policy for a role: one for each permission, and for whoever runs tools one for each pattern of their names. */
export function linesOf(
  role: string,
  domain: string,
  permissions: readonly string[],
  tools: readonly string[],
): string[][] {
  const called = permissions.includes('tools:run') ? tools : [];
  return [
    ...permissions.map((permission) => [role, domain, ...permission.split(':')]),
    ...called.map((pattern) => [role, domain, toolObject(pattern), 'call']),
  ];
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
      const { permissions = [], tools = anyTool } = (await roleOf(tenantId, role)) ?? {};
      for (const line of linesOf(role, tenantId, permissions, tools)) model.addPolicy('p', 'p', line);
    },
    savePolicy: readOnly,
    addPolicy: readOnly,
    removePolicy: readOnly,
    removeFilteredPolicy: readOnly,
  };
}
