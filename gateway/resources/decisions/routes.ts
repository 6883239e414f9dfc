import type { DecisionContent, decisionRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';

export function decisionHandlers(
  decisions: VersionedService<DecisionContent>,
): HandlersOf<typeof decisionRoutes> {
  return versionedHandlers(decisions);
}
