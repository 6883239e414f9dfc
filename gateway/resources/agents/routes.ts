import type { AgentContent, agentRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';

export function agentHandlers(agents: VersionedService<AgentContent>): HandlersOf<typeof agentRoutes> {
  return versionedHandlers(agents);
}
