import { ok } from '@baton/engine/protocol';
import type { DeploymentRecord } from '@baton/infra/store';
import type { Deployment, deploymentRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { DeploymentService } from './service.ts';

export function deploymentHandlers(deployments: DeploymentService): HandlersOf<typeof deploymentRoutes> {
  return {
    async listDeployments({ tenantId, query: { workflowId, ...page } }) {
      const { items, total } = await deployments.list(tenantId, workflowId ? { workflowId } : {}, page);
      return ok(listAnswer(items.map(view), total, page));
    },
    async createDeployment({ tenantId, principal, body }) {
      const deployed = await deployments.deploy(tenantId, principal.username, body.workflowId, body.version);
      return deployed.ok ? ok(view(deployed.value)) : deployed;
    },
    getDefinition: ({ tenantId, params }) => deployments.definition(tenantId, params.key),
  };
}

function view({
  key,
  workflowId,
  workflowVersion,
  processes,
  documents = [],
  deployedAt,
  deployedBy,
}: DeploymentRecord): Deployment {
  return {
    key,
    workflowId,
    workflowVersion,
    processes,
    documents: [...documents],
    deployedAt: deployedAt.toISOString(),
    deployedBy,
  };
}
