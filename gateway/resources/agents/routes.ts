import { ok } from '@baton/engine/protocol';
import type { Resource } from '@baton/infra/store';
import type { AgentContent, AgentWithTasks, agentRoutes } from '../../api/index.ts';
import type { AssignmentService } from '../assignments/service.ts';
import type { HandlersOf } from '../handler.ts';
import type { ProviderService } from '../providers/service.ts';
import { resourceView, type VersionedService, versionedHandlers, versionOf } from '../versioned/index.ts';
import type { AgentValidation } from './validation.ts';

export interface AgentHandlerOptions {
  agents: VersionedService<AgentContent>;
  validation: AgentValidation;
  assignments: Pick<AssignmentService, 'tasksOf'>;
  providers: Pick<ProviderService, 'named'>;
}

/** Tasks shown with their agent. */
const shownTasks = { limit: 50, offset: 0 };

export function agentHandlers({
  agents,
  validation,
  assignments,
  providers,
}: AgentHandlerOptions): HandlersOf<typeof agentRoutes> {
  async function withTasks(agent: Resource<AgentContent>): Promise<AgentWithTasks> {
    const { tenantId, id, content } = agent;
    const [provider, assigned] = await Promise.all([
      providers.named(tenantId, content.provider),
      assignments.tasksOf(tenantId, id, shownTasks),
    ]);
    return {
      ...resourceView(agent),
      provider: provider
        ? {
            id: provider.id,
            name: provider.name,
            type: provider.type as NonNullable<AgentWithTasks['provider']>['type'],
            validation_status: provider.validation.status,
          }
        : null,
      tasks: assigned.items,
    };
  }

  return {
    ...versionedHandlers(agents),
    async get({ tenantId, params, query }) {
      const found = await agents.get(tenantId, params.id, versionOf(query));
      return found.ok ? ok(await withTasks(found.value)) : found;
    },
    async validate({ tenantId, body }) {
      return ok({ problems: await validation.problems(tenantId, body) });
    },
  };
}
