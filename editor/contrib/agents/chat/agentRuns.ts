import type { Result } from '@baton/engine/protocol';
import type { AgentContent, AgentRunEvent, AgentRunView, AgentRunWithSteps } from '@baton/gateway/api';
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
