import type { EngineClient } from '@baton/engine/client';
import { ok, type Result } from '@baton/engine/protocol';
import type { DeploymentRecord, DeploymentStore, Page, PageRequest } from '@baton/infra/store';
import type { Definition, Problem, WorkflowContent } from '../../api/index.ts';
import { type Refusal, refuse, refusedByEngine } from '../../refusal.ts';
import type { VersionedService } from '../versioned/index.ts';
import type { BringAlong } from './broughtAlong.ts';

export interface DeploymentService {
  list(tenantId: string, filter: { workflowId?: string }, page: PageRequest): Promise<Page<DeploymentRecord>>;
  /** @param version of the workflow; `undefined` = latest. */
  deploy(
    tenantId: string,
    author: string,
    workflowId: string,
    version: number | undefined,
  ): Promise<Result<DeploymentRecord, Refusal>>;
  definition(tenantId: string, key: string): Promise<Result<Definition, Refusal>>;
}

export interface DeploymentOptions {
  workflows: VersionedService<WorkflowContent>;
  deployments: DeploymentStore;
  engine: EngineClient;
  problemsOf(tenantId: string, xml: string): Promise<Problem[]>;
  bringAlong: BringAlong;
  now(): number;
}

export function createDeploymentService(options: DeploymentOptions): DeploymentService {
  const { workflows, deployments, engine, problemsOf, bringAlong } = options;
  return {
    list: (tenantId, filter, page) => deployments.list(tenantId, filter, page),

    async deploy(tenantId, author, workflowId, version) {
      const found = await workflows.get(tenantId, workflowId, version);
      if (!found.ok) return found;
      const workflow = found.value;
      const { xml } = workflow.content;
      const brought = await bringAlong(tenantId, xml);
      const problems = [...(await problemsOf(tenantId, xml)), ...brought.problems];
      if (problems.some(({ severity }) => severity === 'error')) return rejected(workflow.name, problems);
      const deployed = await engine.commands.deploy(tenantId, [
        { name: `${workflow.name}.bpmn`, content: xml },
        ...brought.resources,
      ]);
      if (!deployed.ok) {
        return deployed.failure.code === 'INVALID_ARGUMENT'
          ? rejected(workflow.name, [onlyByEngine(deployed.failure.message)])
          : refusedByEngine(deployed.failure);
      }
      const record: DeploymentRecord = {
        key: deployed.value.key,
        tenantId,
        workflowId,
        workflowVersion: workflow.version,
        workflowHash: workflow.hash,
        processes: deployed.value.processes.map(
          ({ processDefinitionKey, bpmnProcessId, version, duplicate }) => ({
            processDefinitionKey,
            bpmnProcessId,
            version,
            duplicate,
          }),
        ),
        documents: brought.documents,
        deployedAt: new Date(options.now()),
        deployedBy: author,
      };
      await deployments.append(record);
      return ok(record);
    },

    async definition(tenantId, key) {
      const found = await engine.queries.definition(tenantId, key);
      if (!found.ok) return refusedByEngine(found.failure);
      const { processDefinitionKey, processDefinitionId, name, version, xml } = found.value;
      return ok({ processDefinitionKey, bpmnProcessId: processDefinitionId, name, version, xml });
    },
  };
}

function rejected(name: string, problems: Problem[]) {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return refuse(
    'DEPLOYMENT_REJECTED',
    `Expected '${name}' to be ready to run, but it has ${errors === 1 ? 'a problem' : `${errors} problems`}: ${problems.find(({ severity }) => severity === 'error')!.message}`,
    { problems },
  );
}

/** A real engine may refuse what our reader takes; its own words are then the one problem. */
function onlyByEngine(message: string): Problem {
  return { severity: 'error', code: 'engine/rejected', message, elementId: '', elementName: '', path: [] };
}
