import type { ConversationMessage } from './conversations.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Question, QuestionAnswer } from './questions.ts';

/** What an agent did in the world: a model asked or a tool called, recorded before its result is used. */
export type CallKind = 'model' | 'tool';

export interface CallUsage {
  inputTokens: number;
  outputTokens: number;
  /** Those of the input that the provider had kept, where it says so. */
  cachedInputTokens?: number;
  /** Those of the output that the model thought with, where the provider says so. */
  reasoningTokens?: number;
  /** US dollars. */
  cost: number;
}

/** Where a guardrail looks: what an agent is asked, what it answers, what it gives a tool, what a tool gives it. */
export type GuardPlace = 'input' | 'output' | 'toolArguments' | 'toolResult';

/** What one check of a policy said of one text. */
export interface GuardVerdict {
  policy: string;
  check: string;
  place: GuardPlace;
  action: 'allow' | 'mask' | 'block';
  /** Why it was not allowed as it was; never holds what was found. */
  message?: string;
}

/** A tool as a model was offered it. */
export interface OfferedName {
  /** The model's name for it: providers take `[A-Za-z0-9_-]{1,64}`. */
  as: string;
  name: string;
  version: number;
}

/** The model asked because the ones before it in the agent's chain failed. */
export interface CallFallback {
  /** 1-based place in the agent's `fallbacks`. */
  place: number;
  /** `provider/model` that failed before it, and how. */
  after: { model: string; code: string };
}

/** What was done so that a conversation is no longer than its agent's context. */
export interface CallContext {
  /** Results of tools that are shortened from this call on. */
  shortened?: number;
  /** Messages that are left out from this call on. */
  leftOut?: number;
  /** The call itself puts earlier loops into words, which stand for them in the calls after it. */
  summary?: boolean;
}

/** What a run began with, beside what is in the request: kept with its first model call, so that it can be done over. */
export interface RunBeginning {
  agent: {
    id: string;
    version: number;
    /** Of a draft, which is saved nowhere. */
    definition?: JsonObject;
  };
  task?: { name: string; version: number };
  policy?: { name: string; version: number };
  prompts: { name: string; label?: string; version: number }[];
  /** As the policy lets them be kept. */
  variables: JsonObject;
  /** What had been said in its conversation. */
  said: ConversationMessage[];
  /** US dollars for a million tokens, by `provider/model`: what money pays for depends on them. */
  prices?: { [model: string]: { input: number; cachedInput?: number | undefined; output: number } };
}

export interface CallRecord {
  id: string;
  tenantId: string;
  kind: CallKind;
  /** Agent or tool, with the version that ran. */
  name: string;
  version: number;
  /** Version of the task that an agent's answer is checked by, where its job names one. */
  taskVersion?: number;
  /** `provider/model` for model calls, '' for tools. */
  model: string;
  /** Without it, the agent's own model was asked. */
  fallback?: CallFallback;
  /** Without it, the model was shown all there was. */
  context?: CallContext;
  /** Of the first model call of a run. */
  began?: RunBeginning;
  /** Of a fork: answered by the run it is a fork of, or not really called, because it would have changed something. */
  fork?: 'copied' | 'stubbed';
  processInstanceKey: string;
  elementInstanceKey: string;
  elementId: string;
  jobKey: string;
  /** 1-based place of the call in its element instance. */
  sequence: number;
  /** sha-256 of the canonical JSON of `request` as it was asked for, hex. */
  requestHash: string;
  /** As it was carried out: a person may have changed the arguments of a tool. */
  request: JsonValue;
  response: JsonValue;
  /** Set when the call failed: stable code and sentence. */
  error: { code: string; message: string } | null;
  usage: CallUsage;
  /** Of the checks that looked at it; none without a policy. */
  verdicts?: GuardVerdict[];
  /** Tools that a model was offered, where there are any. */
  offered?: OfferedName[];
  /** What people were asked before it was done, in this order. */
  answers?: { question: Question; answer: QuestionAnswer }[];
  /** epoch ms. */
  startedAt: number;
  /** ms. */
  duration: number;
}

/** Where calls are recorded; durable when `append` resolves. Both forms pass one suite. */
export interface CallLog {
  append(record: CallRecord): Promise<void>;
  /** The recorded call of the same element instance, place and request, if it was made before a crash. */
  find(
    tenantId: string,
    elementInstanceKey: string,
    sequence: number,
    requestHash: string,
  ): Promise<CallRecord | undefined>;
  /** All calls of one run, oldest first. */
  list(tenantId: string, processInstanceKey: string): Promise<CallRecord[]>;
  /** All calls of one element instance, oldest first: those of one agent's run. */
  ofElement(tenantId: string, elementInstanceKey: string): Promise<CallRecord[]>;
}
