import type { ModelFailure } from '@baton/engine/llm';
import type { SchemaViolation } from '@baton/tools-registry/contract';
import type { QuotaExceeded } from './spending.ts';

/** Which limit was reached. */
export type BudgetLimit = 'modelCalls' | 'toolCalls' | 'tokens' | 'cost' | 'duration' | 'answer' | 'context';

/** A limit of the agent is reached. Never a success, whatever was answered so far. */
export interface BudgetExceeded {
  code: 'BUDGET_EXCEEDED';
  limit: BudgetLimit;
  message: string;
}

/** Something the agent names is not there, or cannot be used; a person has to look. */
export interface AgentUnusable {
  code: 'PROMPT_NOT_FOUND' | 'PROMPT_UNUSABLE' | 'POLICY_NOT_FOUND' | 'TASK_NOT_FOUND' | 'TOOL_NOT_FOUND';
  message: string;
}

/** The thread a run was in ended with it at work there. */
export interface AgentThreadLost {
  code: 'AGENT_CRASHED' | 'AGENT_UNRESPONSIVE' | 'AGENT_MEMORY';
  message: string;
  /** It goes on from its record, and may come further. */
  retryable: true;
}

/** It does the same over and over: a person, or the process, has to decide. */
export interface AgentLoop {
  code: 'AGENT_LOOP';
  message: string;
}

/** How a run may fail; every message reads "Expected …, but …". */
export type AgentFailure =
  | BudgetExceeded
  | ModelFailure
  | AgentUnusable
  | QuotaExceeded
  | AgentLoop
  | { code: 'GUARDRAIL_VIOLATION'; message: string }
  | { code: 'RUN_CANCELLED'; message: string }
  | AgentThreadLost
  /** Somebody stopped the agent; nothing of it runs until it is started. */
  | { code: 'AGENT_STOPPED'; message: string }
  /** Another run of the same conversation is at work. */
  | { code: 'CONVERSATION_BUSY'; message: string }
  /** People have to answer first; the run goes on from its record once they have. */
  | { code: 'QUESTION_OPEN'; message: string; questions: string[] }
  /** A tool is not what an admin accepted; the message says how it differs. */
  | { code: 'TOOL_QUARANTINED'; message: string }
  | { code: 'AGENT_INPUT_INVALID' | 'AGENT_ANSWER_INVALID'; message: string; violations: SchemaViolation[] };
