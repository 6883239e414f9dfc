import {
  APICallError,
  type LanguageModelV3,
  type LanguageModelV3CallOptions,
  type LanguageModelV3FinishReason,
  type LanguageModelV3Message,
  type LanguageModelV3Usage,
} from '@ai-sdk/provider';
import { failed, type JsonObject, ok } from '@baton/engine/protocol';
import type {
  HearText,
  ModelFailure,
  ModelMessage,
  ModelProvider,
  ModelRequest,
  ModelResponse,
  ModelToolCall,
} from './provider.ts';
import { tokensIn } from './tokens.ts';

function toPrompt(message: ModelMessage): LanguageModelV3Message {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.text };
    case 'user':
      return { role: 'user', content: [{ type: 'text', text: message.text }] };
    case 'assistant':
      return {
        role: 'assistant',
        content: [
          ...(message.text ? [{ type: 'text' as const, text: message.text }] : []),
          ...message.toolCalls.map((call) => ({
            type: 'tool-call' as const,
            toolCallId: call.id,
            toolName: call.name,
            input: call.arguments,
          })),
        ],
      };
    case 'tool':
      return {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: message.toolCallId,
            toolName: message.toolName,
            output: { type: 'text', value: message.text },
          },
        ],
      };
  }
}

function toOptions(request: ModelRequest, abortSignal: AbortSignal): LanguageModelV3CallOptions {
  return {
    prompt: request.messages.map(toPrompt),
    temperature: request.temperature,
    maxOutputTokens: request.maxOutputTokens,
    ...(request.topP !== undefined && { topP: request.topP }),
    ...(request.seed !== undefined && { seed: request.seed }),
    ...(request.stop && request.stop.length > 0 && { stopSequences: request.stop }),
    abortSignal,
    ...(request.tools.length > 0 && {
      tools: request.tools.map((tool) => ({
        type: 'function' as const,
        name: tool.name,
        description: tool.description,
        inputSchema: tool.parameters,
      })),
    }),
    ...(request.responseSchema && {
      responseFormat: { type: 'json' as const, name: 'answer', schema: request.responseSchema },
    }),
  };
}

/** Characters of what a provider says about its failure. */
const longestReason = 500;

/** Keys and headers stay out: only the status and the provider's own sentence are told. */
function toFailure(error: unknown, host: string, aborted: boolean): ModelFailure {
  if (aborted) {
    return {
      code: 'MODEL_TIMEOUT',
      message: `Expected the model at ${host} to answer in time, but it did not`,
      retryable: true,
    };
  }
  if (APICallError.isInstance(error) && error.statusCode !== undefined) {
    const { statusCode } = error;
    const message = error.message.slice(0, longestReason);
    if (statusCode < 300) {
      return {
        code: 'MODEL_ANSWER_INVALID',
        message: `Expected an answer of a model from ${host}, but it is none: ${message}`,
        retryable: true,
      };
    }
    // Errors in the middle of a stream are given the status 500, without being marked.
    const retryable = error.isRetryable || statusCode >= 500;
    return {
      code: retryable ? 'MODEL_UNAVAILABLE' : 'MODEL_REFUSED',
      message: `Expected an answer from the model at ${host}, but it said ${statusCode}: ${message}`,
      retryable,
      status: statusCode,
      ...retryAfterOf(error.responseHeaders),
    };
  }
  const reason = reasonOf(error);
  return {
    code: 'MODEL_UNAVAILABLE',
    message: `Expected an answer from the model at ${host}, but: ${reason}`,
    retryable: true,
  };
}

/** RFC 9110 §10.2.3: seconds, or a date, which counts from the answer's own; some servers say `retry-after-ms`. */
function retryAfterOf(headers: Record<string, string> | undefined): { retryAfter: number } | undefined {
  const said = headers?.['retry-after'];
  const exact = Number(headers?.['retry-after-ms'] ?? Number.NaN);
  const ms = Number.isFinite(exact)
    ? exact
    : /^\d+$/.test(said ?? '')
      ? Number(said) * 1_000
      : Date.parse(said ?? '') - Date.parse(headers?.date ?? '');
  return ms > 0 ? { retryAfter: ms } : undefined;
}

/** In the middle of a stream a server tells its errors as text or as data of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message.slice(0, longestReason);
  const message = typeof error === 'object' && error ? (error as { message?: unknown }).message : undefined;
  return (typeof message === 'string' ? message : (JSON.stringify(error) ?? String(error))).slice(0, 500);
}

function parseArguments(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text === '' ? '{}' : text) as unknown;
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Characters of an answer's text and of all its arguments: many times what a model may write. */
const longestAnswer = 4_000_000;

/** What an answer is made of, whether it came at once or piece by piece. */
interface Answer {
  text: string;
  toolCalls: { toolCallId: string; toolName: string; input: string }[];
  finish: LanguageModelV3FinishReason;
  usage: LanguageModelV3Usage;
}

/** An answer that broke off or is none; the library's own errors are told by `toFailure`. */
class AnswerBroken extends Error {}

async function atOnce(model: LanguageModelV3, options: LanguageModelV3CallOptions): Promise<Answer> {
  const { content, finishReason: finish, usage } = await model.doGenerate(options);
  return {
    text: content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    toolCalls: content.filter((part) => part.type === 'tool-call'),
    finish,
    usage,
  };
}

async function asItComes(
  model: LanguageModelV3,
  options: LanguageModelV3CallOptions,
  heard: HearText,
): Promise<Answer> {
  const { stream } = await model.doStream(options);
  const toolCalls: Answer['toolCalls'] = [];
  let text = '';
  let size = 0;
  for await (const part of stream) {
    switch (part.type) {
      case 'text-delta':
        text += part.delta;
        if (part.delta !== '') heard({ text: part.delta });
        size += part.delta.length;
        break;
      case 'tool-input-delta':
        size += part.delta.length;
        break;
      case 'tool-call':
        toolCalls.push(part);
        break;
      case 'error':
        throw part.error;
      case 'finish': {
        const { finishReason: finish, usage } = part;
        // What ended without saying why did not end: the connection was closed half-way.
        if (finish.raw === undefined) throw new AnswerBroken('its answer ended half-way');
        return { text, toolCalls, finish, usage };
      }
    }
    if (size > longestAnswer) throw new AnswerBroken(`its answer is longer than ${longestAnswer} characters`);
  }
  throw new AnswerBroken('its answer ended half-way');
}

function toResponse({ text, toolCalls, finish, usage }: Answer, asked: number) {
  const calls: ModelToolCall[] = [];
  for (const { toolCallId: id, toolName: name, input } of toolCalls) {
    const found = parseArguments(input);
    if (!found) {
      return failed<ModelFailure>({
        code: 'MODEL_ANSWER_INVALID',
        message: `Expected the model to call '${name}' with a JSON object, but it wrote: ${input.slice(0, 200)}`,
        retryable: true,
      });
    }
    calls.push({ id, name, arguments: found });
  }
  const { total, cacheRead } = usage.inputTokens;
  const { reasoning = 0 } = usage.outputTokens;
  const written = text.length + toolCalls.reduce((sum, { input }) => sum + input.length, 0);
  return ok<ModelResponse>({
    text,
    toolCalls: calls,
    finish: calls.length > 0 ? 'toolCalls' : finish.unified === 'length' ? 'length' : 'stop',
    // A server that does not count is counted: what is not counted has no bound.
    inputTokens: total || tokensIn(asked),
    ...(cacheRead ? { cachedInputTokens: cacheRead } : {}),
    outputTokens: outputOf(usage.outputTokens.total || tokensIn(written), reasoning),
    ...(reasoning > 0 ? { reasoningTokens: reasoning } : {}),
  });
}

/** Most servers count what a model thinks with as output; one that thought more than it wrote has counted it apart. */
const outputOf = (told: number, reasoning: number): number => (reasoning > told ? told + reasoning : told);

/**
 * A provider over a library's models: one translation for all of them.
 * @param modelOf loads the library of its vendor, which only those need who ask it
 */
export function overLanguageModels(
  name: string,
  host: string,
  modelOf: (model: string) => Promise<LanguageModelV3>,
  settings: Pick<LanguageModelV3CallOptions, 'providerOptions'> = {},
): ModelProvider {
  return {
    name,
    async generate(request, signal, heard) {
      // The library's parsers keep reading what nobody takes any more; this ends them with the answer.
      const ended = new AbortController();
      const options = { ...toOptions(request, AbortSignal.any([signal, ended.signal])), ...settings };
      try {
        const model = await modelOf(request.model);
        const answer = await (heard ? asItComes(model, options, heard) : atOnce(model, options));
        const asked = request.messages.reduce((sum, { text }) => sum + text.length, 0);
        return toResponse(answer, asked);
      } catch (error) {
        return failed(toFailure(error, host, signal.aborted));
      } finally {
        ended.abort();
      }
    },
  };
}
