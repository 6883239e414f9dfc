import { ok, type Result } from '@baton/engine/protocol';
import {
  type AgentContent,
  type AgentRunEvent,
  type AgentRunView,
  type AgentRunWithSteps,
  type JsonValue,
  table,
} from '@baton/gateway/api';
import type { Api } from '../../../platform/api.ts';
import type { Failure } from '../../../platform/failure.ts';

export interface AskedRun {
  prompt?: string;
  /** What the agent's own prompt takes. */
  input?: { [name: string]: JsonValue };
  /** The draft that is tried; without it the latest version. */
  content?: AgentContent;
  /** What was said in it before is remembered. */
  conversation?: string;
}

/** Runs of one agent, as the gateway does them. */
export interface AgentRuns {
  run(
    asked: AskedRun,
    heard: (event: AgentRunEvent) => void,
    signal: AbortSignal,
  ): Promise<Result<AgentRunView, Failure>>;
  /** Newest first. */
  list(): Promise<Result<readonly AgentRunView[], Failure>>;
  read(id: string): Promise<Result<AgentRunWithSteps, Failure>>;
}

export function agentRuns(api: Api, id: string): AgentRuns {
  const params = { id };
  return {
    run: (body, heard, signal) => api.stream(table.agentRuns.run, { params, body, signal }, heard),
    async list() {
      const answer = await api.call(table.agentRuns.ofAgent, { params, query: { limit: 50 } });
      return answer.ok ? ok(answer.value.items) : answer;
    },
    read: (run) => api.call(table.agentRuns.get, { params: { id: run } }),
  };
}
