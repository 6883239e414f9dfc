import type { PolicyContent, policyRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';

export function policyHandlers(policies: VersionedService<PolicyContent>): HandlersOf<typeof policyRoutes> {
  return versionedHandlers(policies);
}
