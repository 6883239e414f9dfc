import { ok } from '@baton/engine/protocol';
import type { AgentRunRecord } from '@baton/infra/store';
import type { V1Run, v1HistoryRoutes } from '../../api/index.ts';
import type { AgentRunService } from '../agentRuns/service.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';

export function v1HistoryHandlers(runs: Pick<AgentRunService, 'list'>): HandlersOf<typeof v1HistoryRoutes> {
  return {
    async list({ tenantId, query }) {
      const { items, total } = await runs.list(tenantId, query);
      return ok(listAnswer(items.map(v1RunView), total, query));
    },
  };
}

export function v1RunView(run: AgentRunRecord): V1Run {
  const { id, agentId, agentName, agentVersion, model, prompt, status, output } = run;
  const { error, usage, startedAt, duration } = run;
  return {
    id,
    agent_id: agentId,
    agent_name: agentName,
    agent_version: agentVersion,
    model,
    prompt,
    status,
    answer: status === 'completed' ? textOf(output) : null,
    error,
    usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
    started_at: new Date(startedAt).toISOString(),
    duration,
  };
}

/** Without a contract an agent answers `{ text }`. */
function textOf(output: AgentRunRecord['output']): string {
  const text = typeof output === 'object' && output ? (output as { text?: unknown }).text : undefined;
  return typeof text === 'string' ? text : JSON.stringify(output);
}
