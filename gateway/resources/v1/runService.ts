import { ok, type Result } from '@baton/engine/protocol';
import type { AgentRunRecord, AgentRunStore, Resource } from '@baton/infra/store';
import type { AgentContent } from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Clock } from '../../dependencies.ts';
import { ofPeriods, type Quotas } from '../../quotas/ports.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { AgentRuns, OfferedModel } from './agentRuns.ts';

/** ms one run may take altogether: who asked waits for it. */
const runTimeout = 5 * 60_000;
const microUnits = 1_000_000;

export interface AgentRunService {
  /** Reserves, runs, records, settles. A run that failed is recorded, and refused with its reason. */
  run(
    tenantId: string,
    by: Principal,
    agent: Resource<AgentContent>,
    model: OfferedModel,
    prompt: string,
  ): Promise<Result<AgentRunRecord, Refusal>>;
}

export interface AgentRunServiceOptions {
  runs: AgentRuns;
  store: AgentRunStore;
  quotas: Quotas;
  clock: Clock;
  newId(): string;
}

export function createAgentRunService({
  runs,
  store,
  quotas,
  clock,
  newId,
}: AgentRunServiceOptions): AgentRunService {
  return {
    async run(tenantId, by, { id: agentId, name, version, content }, model, prompt) {
      const most = content.limits.maxTokens;
      const amounts = { concurrentRuns: 1, ...ofPeriods('tokens', most) };
      const reserved = await quotas.reserve(tenantId, amounts, 2 * runTimeout);
      if (!reserved.ok) return reserved;
      const runId = newId();
      const startedAt = clock.now();
      const controller = new AbortController();
      const cancel = clock.after(runTimeout, () => controller.abort());
      try {
        const agent = { name, version, content: { ...content, model: model.name, provider: model.provider } };
        const { result, usage } = await runs.run({ tenantId, runId, agent, prompt }, controller.signal);
        const record: AgentRunRecord = {
          id: runId,
          tenantId,
          agentId,
          agentName: name,
          agentVersion: version,
          model: model.name,
          prompt,
          answer: result.ok ? result.value : null,
          error: result.ok ? null : { code: result.failure.code, message: result.failure.message },
          usage,
          actor: { kind: by.kind, id: by.userId, name: by.username },
          startedAt,
          duration: clock.now() - startedAt,
        };
        await store.append(record);
        await reserved.value.settle({
          ...ofPeriods('tokens', usage.inputTokens + usage.outputTokens),
          ...ofPeriods('money', Math.round(usage.cost * microUnits)),
        });
        return result.ok
          ? ok(record)
          : refuse(result.failure.code, result.failure.message, { run_id: runId, usage });
      } catch (error) {
        await reserved.value.release();
        throw error;
      } finally {
        cancel();
      }
    },
  };
}
