/** Titles of what stops an agent; every code of the contract that has none here is shown as it is. */
const titles: Readonly<Record<string, string>> = {
  BUDGET_EXCEEDED: 'A limit of the agent is reached',
  QUOTA_EXCEEDED: 'A quota of the tenant is used up',
  AGENT_LOOP: 'The agent runs in circles',
  GUARDRAIL_VIOLATION: 'Stopped by a guardrail',
  MODEL_UNAVAILABLE: 'The model is away',
  MODEL_TIMEOUT: 'The model took too long',
  MODEL_REFUSED: 'The model refused',
  MODEL_ANSWER_INVALID: 'The model’s answer cannot be read',
  AGENT_ANSWER_INVALID: 'The answer breaks its schema',
  AGENT_INPUT_INVALID: 'The values break the schema of the task',
  AGENT_STOPPED: 'The agent is stopped',
  AGENT_CRASHED: 'The agent’s thread crashed',
  AGENT_UNRESPONSIVE: 'The agent’s thread did not answer',
  AGENT_MEMORY: 'The agent used up its memory',
  AGENT_NOT_FOUND: 'There is no such agent',
  AGENT_NOT_NAMED: 'No agent is named',
  CONVERSATION_BUSY: 'The conversation is in use',
  PROMPT_NOT_FOUND: 'There is no such prompt',
  PROMPT_UNUSABLE: 'A prompt cannot be used',
  POLICY_NOT_FOUND: 'There is no such policy',
  TASK_NOT_FOUND: 'There is no such task',
  TOOL_NOT_FOUND: 'There is no such tool',
  TOOL_QUARANTINED: 'A tool is not what was accepted',
  TOOL_FAILED: 'A tool failed',
  TOOL_DECLINED: 'A person declined',
  PROVIDER_NOT_FOUND: 'There is no such provider',
  FAILED_MODEL_CALL: 'The model did not answer',
  FAILED_TO_PARSE_RESPONSE_CONTENT: 'The answer breaks its schema',
  NO_USER_MESSAGE_CONTENT: 'The agent is asked nothing',
  TOOL_CALL_RESULTS_ON_EMPTY_CONTEXT: 'The agent lost what it knew',
  NOT_GRANTED: 'Nobody has granted it yet',
  RUN_CANCELLED: 'Cancelled',
  RUN_INTERRUPTED: 'Interrupted',
  JOB_NO_RETRIES: 'A job failed',
  UNHANDLED_ERROR_EVENT: 'Nobody caught an error',
  IO_MAPPING_ERROR: 'A mapping failed',
  CONDITION_ERROR: 'A condition failed',
  EXTRACT_VALUE_ERROR: 'An expression failed',
  CALLED_ELEMENT_ERROR: 'A called process cannot be started',
  CALLED_DECISION_ERROR: 'A decision failed',
  DECISION_EVALUATION_ERROR: 'A decision failed',
  FORM_NOT_FOUND: 'There is no such form',
  MESSAGE_SIZE_EXCEEDED: 'A message is too large',
};

export function failureTitle(code: string): string {
  return titles[code] ?? code;
}

export interface Cause {
  /** Of an agent's failure where there is one, else the engine's. */
  code: string;
  message: string;
}

/** Codes that models of other makers know, as ours. */
const ownCodes: Readonly<Record<string, string>> = {
  MAXIMUM_NUMBER_OF_MODEL_CALLS_REACHED: 'BUDGET_EXCEEDED',
};

/**
 * What an incident is about. The engine says it in its own words: a failed job's message begins with the failure's code; an error
 * that nobody caught names code and message in quotes.
 */
export function causeOf({ errorType, message }: { errorType: string; message: string }): Cause {
  const thrown = /with the code '([A-Z_]+)' with message '([\s\S]*)', but it was not caught/.exec(message);
  if (thrown)
    return { code: ownCodes[thrown[1]!] ?? thrown[1]!, message: `${thrown[2]}.`.replace(/\.\.$/, '.') };
  const failed = /^([A-Z][A-Z_]+): ([\s\S]*)$/.exec(message);
  return failed ? { code: failed[1]!, message: failed[2]! } : { code: errorType, message };
}
