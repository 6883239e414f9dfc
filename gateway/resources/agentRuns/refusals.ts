import type { Failed } from '@baton/engine/protocol';
import type { ErrorCode } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';

/** Failures of a run that have an error code of their own; a model that refused or said nonsense is MODEL_FAILED. */
const codes: { readonly [code: string]: ErrorCode } = {
  AGENT_CRASHED: 'AGENT_CRASHED',
  AGENT_INPUT_INVALID: 'VALIDATION_FAILED',
  AGENT_LOOP: 'AGENT_LOOP',
  AGENT_MEMORY: 'AGENT_MEMORY',
  AGENT_STOPPED: 'AGENT_STOPPED',
  AGENT_UNRESPONSIVE: 'AGENT_UNRESPONSIVE',
  BUDGET_EXCEEDED: 'BUDGET_EXCEEDED',
  CONVERSATION_BUSY: 'CONVERSATION_BUSY',
  GUARDRAIL_VIOLATION: 'GUARDRAIL_VIOLATION',
  MODEL_UNAVAILABLE: 'MODEL_UNAVAILABLE',
  POLICY_NOT_FOUND: 'REFERENCE_MISSING',
  TOOL_NOT_FOUND: 'REFERENCE_MISSING',
  PROMPT_NOT_FOUND: 'REFERENCE_MISSING',
  PROMPT_UNUSABLE: 'REFERENCE_MISSING',
  QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
  RUN_CANCELLED: 'RUN_CANCELLED',
  TASK_NOT_FOUND: 'REFERENCE_MISSING',
  TOOL_QUARANTINED: 'TOOL_QUARANTINED',
};

/** A run that did not come to its answer, as this API words it. */
export function refusedRun(
  { code, message }: { code: string; message: string },
  details: unknown,
): Failed<Refusal> {
  return refuse(codes[code] ?? 'MODEL_FAILED', message, details);
}
