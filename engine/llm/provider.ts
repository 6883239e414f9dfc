import type { JsonObject, Result } from '@baton/engine/protocol';
import type { JsonSchema } from '@baton/tools-registry/contract';

export type ModelMessage =
  | { role: 'system' | 'user'; text: string }
  | { role: 'assistant'; text: string; toolCalls: ModelToolCall[] }
  | { role: 'tool'; toolCallId: string; toolName: string; text: string };

export interface ModelToolCall {
  id: string;
  name: string;
  arguments: JsonObject;
}

export interface ModelTool {
  name: string;
  description: string;
  parameters: JsonSchema;
}

/** All that a model is asked: what is recorded and hashed is exactly this. */
export interface ModelRequest {
  model: string;
  messages: ModelMessage[];
  tools: ModelTool[];
  /** The answer must be JSON of this schema. */
  responseSchema: JsonSchema | undefined;
  /** 0 to 2. */
  temperature: number;
  /** 0 to 1. */
  topP?: number;
  /** The same seed gives the same answer, where the provider can. */
  seed?: number;
  /** Texts at which the answer ends. */
  stop?: string[];
  maxOutputTokens: number;
}

export interface ModelResponse {
  text: string;
  toolCalls: ModelToolCall[];
  finish: 'stop' | 'toolCalls' | 'length';
  inputTokens: number;
  /** Those of the input that the server had kept. */
  cachedInputTokens?: number;
  outputTokens: number;
  /** Those of the output that the model thought with. */
  reasoningTokens?: number;
  /** How often it was asked for, if more than once. */
  attempts?: number;
}

export interface ModelFailure {
  code: 'MODEL_UNAVAILABLE' | 'MODEL_REFUSED' | 'MODEL_TIMEOUT' | 'MODEL_ANSWER_INVALID';
  /** "Expected …, but …"; never holds a key. */
  message: string;
  /** What a server answered by HTTP, where it did. */
  status?: number;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** ms the server wants to be left alone for. */
  retryAfter?: number;
}

/** Takes the pieces of an answer's text as they come; together they are the `text` of the response. */
export type HearText = (part: { text: string }) => void;

/** US dollars for a million tokens. */
export interface ModelPrice {
  input: number;
  /** Of what the server had kept; as other input without it. */
  cachedInput?: number | undefined;
  output: number;
}

/** A way to ask a model. Never throws for the provider's own failures. */
export interface ModelProvider {
  readonly name: string;
  /** `undefined` = it costs nothing that anybody knows of. */
  priceOf?(model: string): ModelPrice | undefined;
  /** @param heard asks for the answer piece by piece; the response is the same with and without it. */
  generate(
    request: ModelRequest,
    signal: AbortSignal,
    heard?: HearText,
  ): Promise<Result<ModelResponse, ModelFailure>>;
}
