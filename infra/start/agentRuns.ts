import {
  type AgentTools,
  type AgentWorld,
  type ModelCatalog,
  recordCalls,
  runAgent,
} from '@baton/engine/agents';
import { type CallLog, failed, ok } from '@baton/engine/protocol';
import type { AgentRuns, OfferedModel } from '@baton/gateway';

export interface AgentRunsOptions {
  offered(tenantId: string): Promise<readonly OfferedModel[]>;
  tools: AgentTools;
  calls: CallLog;
  models: ModelCatalog;
  world: AgentWorld;
}

/** A run on request goes through the same runner as an agent's job in a process: budget, tools, record. */
export function createAgentRuns({ offered, tools, calls, models, world }: AgentRunsOptions): AgentRuns {
  return {
    models: offered,
    async run({ tenantId, runId, agent, prompt }, signal) {
      const { content } = agent;
      const owner = {
        tenantId,
        processInstanceKey: runId,
        elementInstanceKey: runId,
        elementId: '',
        jobKey: '',
      };
      const definition = { name: agent.name, ...content, userPrompt: asked(content.userPrompt) };
      const ran = await runAgent(
        {
          agent: { definition, version: agent.version },
          task: undefined,
          variables: { prompt },
          owner,
        },
        models,
        tools,
        recordCalls(calls, world, owner),
        world,
        signal,
      );
      const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };
      for (const call of await calls.list(tenantId, runId)) {
        usage.inputTokens += call.usage.inputTokens;
        usage.outputTokens += call.usage.outputTokens;
        usage.cost += call.usage.cost;
      }
      if (ran.ok) return { result: ok(textOf(ran.value)), usage };
      const { code, message } = ran.failure;
      const known = code === 'BUDGET_EXCEEDED' || code === 'MODEL_UNAVAILABLE' ? code : 'MODEL_FAILED';
      return { result: failed({ code: known, message }), usage };
    },
  };
}

/** Where the prompt goes: where the agent's own template says, or after it. */
function asked(template: string): string {
  if (/\{\{\s*prompt\s*\}\}/.test(template)) return template;
  return template.trim() === '' ? '{{prompt}}' : `${template}\n\n{{prompt}}`;
}

/** Without a task the runner answers `{ text }`. */
function textOf(answer: unknown): string {
  const text = typeof answer === 'object' && answer ? (answer as { text?: unknown }).text : undefined;
  return typeof text === 'string' ? text : JSON.stringify(answer);
}
