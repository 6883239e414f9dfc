import type { CallRecord, RunBeginning } from './calls.ts';
import type { BudgetGrant } from './grants.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** Everything an agent's run was made of: with it the run can be done over on any machine, asking nobody. */
export interface AgentRecording {
  format: 'baton-recording/1';
  run: {
    /** Id of a run on request, or key of the element instance whose job it was. */
    id: string;
    processInstanceKey: string;
    elementId: string;
    status: 'completed' | 'failed' | 'running';
    /** What came of it; `null` while it is not over, or when it failed. */
    result: JsonValue;
    error: { code: string; message: string } | null;
  };
  /** Definitions at the versions the run used, whole. */
  agent: { id: string; name: string; version: number; definition: JsonObject };
  task: { name: string; version: number; definition: JsonObject } | null;
  policy: { name: string; version: number; definition: JsonObject } | null;
  prompts: { name: string; label: string | null; version: number; text: string }[];
  began: Pick<RunBeginning, 'variables' | 'said' | 'prices'>;
  grants: BudgetGrant[];
  /** In the order of their places; one that failed and was made again stands before what took its place. */
  calls: CallRecord[];
}

/** Where a run done over is not what was recorded. */
export interface ReplayDifference {
  /** 1-based place of the call; one more than there are when the end is what differs. */
  sequence: number;
  /** JSON pointer into the request or result. */
  pointer: string;
  recorded: JsonValue;
  now: JsonValue;
}

export interface ReplayReport {
  run: string;
  /** Calls that were done over alike. */
  calls: number;
  /** The first one; none when all is alike. */
  difference: ReplayDifference | null;
}

/** What is otherwise in a fork, from one of its loops on. */
export interface ForkChange {
  /** 1-based loop that is the first to be live: one model call and the tools it calls. */
  from: number;
  provider?: string;
  model?: string;
  systemPrompt?: string;
  userPrompt?: string;
  /** Results of tools called in the loop before `from`, by the model's id of the call or the tool's name. */
  toolResults?: { [callIdOrName: string]: JsonValue };
}

/** One step of a path: a model's answer or a tool's result. */
export interface PathStep {
  sequence: number;
  kind: 'model' | 'tool';
  /** `provider/model`, or the tool. */
  name: string;
  text: string;
}

export interface ForkReport {
  /** Id of the new run. */
  run: string;
  forkOf: string;
  from: number;
  answer: { recorded: JsonValue; now: JsonValue; equal: boolean };
  /** How each failed; `null` where it did not. */
  error: {
    recorded: { code: string; message: string } | null;
    now: { code: string; message: string } | null;
  };
  /** US dollars and tokens; those of the recorded prefix cost the fork nothing. */
  usage: {
    recorded: { inputTokens: number; outputTokens: number; cost: number };
    now: { inputTokens: number; outputTokens: number; cost: number };
  };
  /** Both ways side by side; where one has no such step, `null`. */
  path: { recorded: PathStep | null; now: PathStep | null; equal: boolean }[];
  /** Tools that were not really called because they change something. */
  stubbed: string[];
}
