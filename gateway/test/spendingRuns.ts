import { failed } from '@baton/engine/protocol';
import { ofPeriods, type Quotas } from '../quotas/ports.ts';
import type { AgentRuns } from '../resources/agentRuns/agentRuns.ts';

/** Two US dollars. */
const mostMoney = 2_000_000;

/** A run that keeps to the tenant's quotas as the runtime does: the most it may use is reserved, what it used is settled. */
export function spendingRuns(quotas: () => Quotas, run: AgentRuns['run']): AgentRuns['run'] {
  return async (request, signal, heard) => {
    const { tenantId, runId, agent } = request;
    const most = { ...ofPeriods('tokens', agent.content.limits.maxTokens), ...ofPeriods('money', mostMoney) };
    const reserved = await quotas().reserve(tenantId, most, 60_000, runId);
    if (!reserved.ok) {
      const { code, message } = reserved.failure;
      const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };
      return { result: failed({ code, message }), text: '', usage };
    }
    const outcome = await run(request, signal, heard);
    const { inputTokens, outputTokens, cost } = outcome.usage;
    await reserved.value.settle({
      ...ofPeriods('tokens', inputTokens + outputTokens),
      ...ofPeriods('money', Math.round(cost * 1_000_000)),
    });
    return outcome;
  };
}
