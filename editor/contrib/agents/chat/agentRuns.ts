import { ok, type Result } from '@baton/engine/protocol';
import {
  type AgentContent,
  type AgentRunEvent,
  type AgentRunView,
  type AgentRunWithSteps,
  agentContent,
  agentRun,
  agentRunEvents,
  agentRunWithSteps,
  idParams,
  listOf,
  page,
  runBody,
} from '@baton/gateway/api';
import type { Api } from '../../../platform/api.ts';
import type { Failure } from '../../../platform/failure.ts';

export interface AskedRun {
  prompt: string;
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

const run = {
  method: 'POST',
  path: '/agents/:id/run',
  summary: '',
  permission: 'agents:read',
  params: idParams,
  body: runBody.extend({ content: agentContent.optional() }),
  response: agentRunWithSteps,
  events: agentRunEvents,
  answerEvent: 'run.finished',
  status: 200,
  errors: [],
} as const;
const list = {
  method: 'GET',
  path: '/agents/:id/runs',
  summary: '',
  permission: 'agents:read',
  params: idParams,
  query: page,
  response: listOf(agentRun),
  status: 200,
  errors: [],
} as const;
const get = {
  method: 'GET',
  path: '/agent-runs/:id',
  summary: '',
  permission: 'agents:read',
  params: idParams,
  response: agentRunWithSteps,
  status: 200,
  errors: [],
} as const;
const agentRunRoutes = { run, ofAgent: list, get };

export function agentRuns(api: Api, id: string): AgentRuns {
  const params = { id };
  return {
    run: (body, heard, signal) => api.stream(agentRunRoutes.run, { params, body, signal }, heard),
    async list() {
      const answer = await api.call(agentRunRoutes.ofAgent, { params, query: { limit: 50 } });
      return answer.ok ? ok(answer.value.items) : answer;
    },
    read: (run) => api.call(agentRunRoutes.get, { params: { id: run } }),
  };
}
