import type { Result } from '@baton/engine/protocol';
import type { AgentContent } from '../../api/index.ts';

export interface AgentRunRequest {
  tenantId: string;
  /** The calls of the run are recorded under this id. */
  runId: string;
  agent: { name: string; version: number; content: AgentContent };
  prompt: string;
}

export interface AgentRunUsage {
  inputTokens: number;
  outputTokens: number;
  /** US dollars. */
  cost: number;
}

/** How a run ended, and what it used up either way. */
export interface AgentRunOutcome {
  result: Result<string, { code: 'BUDGET_EXCEEDED' | 'MODEL_UNAVAILABLE' | 'MODEL_FAILED'; message: string }>;
  usage: AgentRunUsage;
}

export interface OfferedModel {
  name: string;
  provider: AgentContent['provider'];
}

/** The one agent runtime, asked without a process around it. Every call of a run is recorded before its result is used. */
export interface AgentRuns {
  /** Models a caller may name, the usual one first. */
  models(tenantId: string): Promise<readonly OfferedModel[]>;
  run(request: AgentRunRequest, signal: AbortSignal): Promise<AgentRunOutcome>;
}
