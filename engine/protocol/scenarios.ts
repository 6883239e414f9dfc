import type { JsonObject, JsonValue } from './json.ts';

/** What a scripted provider answers: a model whose every word is written down before. */
export interface Scenario {
  /** Names it has; any other one is answered too. */
  models?: string[];
  /** The first one that a request fits tells the answer. */
  scripts: Script[];
}

/** One story: its steps without `when` answer in order, the n-th one the n-th turn of a conversation. */
export interface Script {
  /** For whoever reads the scenario. */
  name?: string;
  /** Without it, every request fits. */
  when?: RequestMatch;
  steps: ScriptStep[];
}

/** All that is given must hold. Texts are looked for as they are, upper and lower case alike. */
export interface RequestMatch {
  /** Each one is in some message. */
  contains?: string | string[];
  /** Each one is in the last message. */
  last?: string | string[];
  /** Each one is in what the system prompt says. */
  system?: string | string[];
  /** Each of these tools has told its result since the model last spoke. */
  resultOf?: string | string[];
  /** Each of these tools is offered. */
  offers?: string | string[];
  model?: string;
  /** 1 for the first answer of the model, one more after each. */
  turn?: number;
  /** Whether JSON of a schema is asked for. */
  schema?: boolean;
}

/**
 * An answer (`text`, `json`, `toolCalls`), or what goes wrong instead (`failure`, `hangs`). `{{name}}` in a text stands for the value
 * of that name in the JSON of the request's messages, the latest one.
 */
export interface ScriptStep {
  /** Answers whenever it fits, before those that answer in order. */
  when?: RequestMatch;
  /** A list is told piece by piece, a text word by word. */
  text?: string | string[];
  /** The answer as JSON. */
  json?: JsonValue;
  toolCalls?: ScriptToolCall[];
  /** Said in words, by default `toolCalls` or `stop`. */
  finish?: 'stop' | 'length';
  usage?: ScriptUsage;
  /** ms before the first word. */
  delay?: number;
  /** ms between two pieces when the answer is heard as it comes. */
  pace?: number;
  /** After its text the connection breaks off. */
  breaksOff?: boolean;
  failure?: ScriptFailure;
  /** Never answers; who waits gives up. */
  hangs?: boolean;
  /** How often the same request meets what goes wrong, before the next step is asked; by default once, with `when` always. */
  times?: number | 'always';
}

export interface ScriptToolCall {
  /** As the model is offered it. */
  name: string;
  arguments?: JsonObject;
  /** How often it is called in the one answer. */
  repeat?: number;
}

/** Tokens; what is left out is counted from the texts. */
export interface ScriptUsage {
  input?: number;
  cached?: number;
  output?: number;
  reasoning?: number;
}

export interface ScriptFailure {
  /** As a provider's own: `MODEL_UNAVAILABLE` without one. */
  code?: 'MODEL_UNAVAILABLE' | 'MODEL_REFUSED' | 'MODEL_TIMEOUT' | 'MODEL_ANSWER_INVALID';
  message?: string;
  /** ms the server wants to be left alone for. */
  retryAfter?: number;
}
