import { ok, type Result } from '@baton/engine/protocol';
import type {
  DeploymentRecord,
  DeploymentStore,
  Page,
  PageRequest,
  Resource,
  VersionName,
} from '@baton/infra/store';
import type { WorkflowContent } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import type { VersionedService } from '../versioned/index.ts';

export interface WorkflowState {
  workflow: Resource<WorkflowContent>;
  /** Latest deployment of any version. */
  deployed: DeploymentRecord | undefined;
}

export interface WorkflowDraft {
  name: string;
  xml: string;
  startForm?: WorkflowContent['startForm'] | undefined;
  message: string;
}

export interface WorkflowService {
  list(tenantId: string, page: PageRequest): Promise<Page<WorkflowState>>;
  get(
    tenantId: string,
    id: string,
    version: VersionName | undefined,
  ): Promise<Result<WorkflowState, Refusal>>;
  create(tenantId: string, author: string, draft: WorkflowDraft): Promise<Result<WorkflowState, Refusal>>;
  /** What `change` leaves out stays as it is. */
  update(
    tenantId: string,
    author: string,
    id: string,
    expectedHash: string,
    change: { [F in keyof WorkflowDraft]?: WorkflowDraft[F] | undefined },
  ): Promise<Result<WorkflowState, Refusal>>;
  /** With its latest deployment. */
  state(workflow: Resource<WorkflowContent>): Promise<WorkflowState>;
}

export function createWorkflowService(
  workflows: VersionedService<WorkflowContent>,
  deployments: DeploymentStore,
): WorkflowService {
  async function stateOf(workflow: Resource<WorkflowContent>): Promise<WorkflowState> {
    const { tenantId, id } = workflow;
    return { workflow, deployed: (await deployments.latest(tenantId, [id])).get(id) };
  }
  async function withState(saved: Result<Resource<WorkflowContent>, Refusal>) {
    return saved.ok ? ok(await stateOf(saved.value)) : saved;
  }
  return {
    async list(tenantId, page) {
      const { items, total } = await workflows.list(tenantId, page);
      const deployed = await deployments.latest(
        tenantId,
        items.map(({ id }) => id),
      );
      return { items: items.map((workflow) => ({ workflow, deployed: deployed.get(workflow.id) })), total };
    },
    async get(tenantId, id, version) {
      return withState(await workflows.get(tenantId, id, version));
    },
    async create(tenantId, author, { name, xml, startForm, message }) {
      const content = { xml, ...(startForm ? { startForm } : {}) };
      return withState(await workflows.create(tenantId, { name, content, author, message }));
    },
    async update(tenantId, author, id, expectedHash, change) {
      const saved = await workflows.update(tenantId, id, expectedHash, ({ name, content }) => {
        const startForm = change.startForm ?? content.startForm;
        return {
          name: change.name ?? name,
          content: { xml: change.xml ?? content.xml, ...(startForm ? { startForm } : {}) },
          author,
          message: change.message ?? '',
        };
      });
      return withState(saved);
    },
    state: stateOf,
  };
}
