import { ok } from '@baton/engine/protocol';
import type { AgentRunRecord, AgentRunStore } from '@baton/infra/store';
import type { V1Run, v1HistoryRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';

export function v1HistoryHandlers(runs: AgentRunStore): HandlersOf<typeof v1HistoryRoutes> {
  return {
    async list({ tenantId, query }) {
      const { items, total } = await runs.list(tenantId, query);
      return ok(listAnswer(items.map(runView), total, query));
    },
  };
}

export function runView(run: AgentRunRecord): V1Run {
  const { id, agentId, agentName, agentVersion, model, prompt, answer, error, usage, startedAt, duration } =
    run;
  return {
    id,
    agent_id: agentId,
    agent_name: agentName,
    agent_version: agentVersion,
    model,
    prompt,
    status: error ? 'failed' : 'completed',
    answer,
    error,
    usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
    started_at: new Date(startedAt).toISOString(),
    duration,
  };
}
