import { type CallLog, type CallUsage, failed } from '@baton/engine/protocol';
import type { AgentFailure, AgentThreadLost } from '../failures.ts';
import type { AgentRun, AgentRunResult, RunDependencies } from '../runner.ts';

export type ThreadFailure = AgentThreadLost;

/** The same run as it stands in the log: in another thread it goes on from there. */
export async function beginAgain(run: AgentRun, calls: CallLog): Promise<AgentRun> {
  const { tenantId, elementInstanceKey } = run.owner;
  const made = await calls.ofElement(tenantId, elementInstanceKey);
  const first = made.find(({ kind, sequence }) => kind === 'model' && sequence === 1);
  return first ? { ...run, begun: first } : run;
}

/** How a run ends whose thread is gone: what it used is what is recorded, and its conversation is let go. */
export async function endedWith(
  failure: AgentFailure,
  { agent, owner, conversation }: AgentRun,
  { calls, conversations }: Pick<RunDependencies, 'calls' | 'conversations'>,
): Promise<AgentRunResult> {
  const { tenantId, elementInstanceKey } = owner;
  if (conversation !== undefined && agent.definition.memory.kind === 'conversation')
    await conversations.release({ tenantId, agentId: agent.id, id: conversation }, elementInstanceKey);
  const made = await calls.ofElement(tenantId, elementInstanceKey);
  return { result: failed(failure), text: '', usage: sumOf(made.map(({ usage }) => usage)) };
}

function sumOf(all: readonly CallUsage[]): CallUsage {
  const sum: CallUsage = { inputTokens: 0, outputTokens: 0, cost: 0 };
  for (const { inputTokens, outputTokens, cost, cachedInputTokens, reasoningTokens } of all) {
    sum.inputTokens += inputTokens;
    sum.outputTokens += outputTokens;
    sum.cost += cost;
    if (cachedInputTokens) sum.cachedInputTokens = (sum.cachedInputTokens ?? 0) + cachedInputTokens;
    if (reasoningTokens) sum.reasoningTokens = (sum.reasoningTokens ?? 0) + reasoningTokens;
  }
  return sum;
}
