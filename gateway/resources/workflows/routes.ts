import { ok, type Result } from '@baton/engine/protocol';
import type { Problem, Workflow, WorkflowContent, WorkflowSummary, workflowRoutes } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import { stateView, type VersionedService, versionHandlers, versionOf } from '../versioned/index.ts';
import { bpmnProcessIdOf } from './bpmnXml.ts';
import type { WorkflowService, WorkflowState } from './service.ts';

export function workflowHandlers(
  workflows: WorkflowService,
  versions: VersionedService<WorkflowContent>,
  problemsOf: (tenantId: string, xml: string) => Promise<Problem[]>,
): HandlersOf<typeof workflowRoutes> {
  return {
    async listWorkflows({ tenantId, query }) {
      const { items, total } = await workflows.list(tenantId, query);
      return ok(listAnswer(items.map(summary), total, query));
    },
    async createWorkflow({ tenantId, principal, body }) {
      return answer(await workflows.create(tenantId, principal.username, body));
    },
    async validateWorkflow({ tenantId, body }) {
      return ok({ problems: await problemsOf(tenantId, body.xml) });
    },
    async getWorkflow({ tenantId, params, query }) {
      return answer(await workflows.get(tenantId, params.id, versionOf(query)));
    },
    async updateWorkflow({ tenantId, principal, params, body, ifMatch }) {
      return answer(await workflows.update(tenantId, principal.username, params.id, ifMatch ?? '', body));
    },
    deleteWorkflow: ({ tenantId, principal, params }) =>
      versions.delete(tenantId, params.id, principal.username),
    ...versionHandlers(versions, async (workflow) => view(await workflows.state(workflow))),
  };
}

function answer(found: Result<WorkflowState, Refusal>): Result<Workflow, Refusal> {
  return found.ok ? ok(view(found.value)) : found;
}

function view(state: WorkflowState): Workflow {
  const { hash, content } = state.workflow;
  return {
    ...summary(state),
    hash,
    xml: content.xml,
    ...(content.startForm ? { startForm: content.startForm } : {}),
    ...stateView(state.workflow),
  };
}

function summary({ workflow, deployed }: WorkflowState): WorkflowSummary {
  const { id, name, version, savedAt, author, content } = workflow;
  const bpmnProcessId = bpmnProcessIdOf(content.xml);
  const process =
    deployed?.processes.find((candidate) => candidate.bpmnProcessId === bpmnProcessId) ??
    deployed?.processes[0];
  return {
    id,
    name,
    bpmnProcessId,
    version,
    updatedAt: savedAt.toISOString(),
    updatedBy: author,
    ...(deployed && process
      ? {
          deployed: {
            processDefinitionKey: process.processDefinitionKey,
            version: deployed.workflowVersion,
            hash: deployed.workflowHash,
          },
        }
      : {}),
  };
}
