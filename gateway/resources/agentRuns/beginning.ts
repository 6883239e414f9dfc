import { type CallLog, ok, type Result } from '@baton/engine/protocol';
import type { AgentRunRecord, ResourceStore } from '@baton/infra/store';
import { type AgentContent, readAgentContent, type TaskContent } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { AgentRunRequest } from './agentRuns.ts';

export interface BeginningSources {
  calls: Pick<CallLog, 'ofElement'>;
  resources: Pick<ResourceStore, 'get' | 'getByName'>;
}

/** What a run that stopped was begun with: definitions at its versions, and its request as it was kept. */
export async function beginningOf(
  run: AgentRunRecord,
  { calls, resources }: BeginningSources,
): Promise<Result<Omit<AgentRunRequest, 'tenantId' | 'runId'>, Refusal>> {
  const { tenantId, id, agentId, agentName, agentVersion } = run;
  const [begun] = (await calls.ofElement(tenantId, id)).filter(({ kind }) => kind === 'model');
  const content = begun?.began?.agent.definition ?? (await contentOf(resources, run));
  if (!content)
    return refuse(
      'REFERENCE_MISSING',
      `Expected the agent '${agentName}' as the run began with it, but there is none any more`,
      { missing: [{ kind: 'agent', name: agentName }] },
    );
  const { provider, model } = run;
  const task = await taskOf(resources, run);
  if (run.task && !task)
    return refuse(
      'REFERENCE_MISSING',
      `Expected the task '${run.task.name}' as the run began with it, but there is none any more`,
      { missing: [{ kind: 'task', name: run.task.name }] },
    );
  return ok({
    agent: {
      id: agentId,
      name: agentName,
      version: agentVersion,
      content: { ...readAgentContent(content), provider, model },
    },
    task,
    prompt: run.prompt,
    input: run.input ?? undefined,
    conversation: run.conversation ?? undefined,
    begun,
  });
}

async function contentOf(resources: BeginningSources['resources'], run: AgentRunRecord) {
  if (run.agentVersion === 0) return undefined;
  const saved = await resources.get(run.tenantId, 'agent', run.agentId, run.agentVersion);
  return saved?.content as AgentContent | undefined;
}

async function taskOf(
  resources: BeginningSources['resources'],
  { tenantId, task }: AgentRunRecord,
): Promise<AgentRunRequest['task']> {
  const found = task && (await resources.getByName(tenantId, 'task', task.name, task.version));
  if (!found) return undefined;
  const { requestSchema, responseSchema } = found.content as TaskContent;
  return { name: found.name, version: found.version, requestSchema, responseSchema };
}
