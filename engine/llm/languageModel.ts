import {
  APICallError,
  type LanguageModelV3,
  type LanguageModelV3CallOptions,
  type LanguageModelV3Message,
} from '@ai-sdk/provider';
import { failed, type JsonObject, ok } from '@baton/engine/protocol';
import type { ModelFailure, ModelMessage, ModelProvider, ModelRequest } from './provider.ts';

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
    return {
      code: error.isRetryable ? 'MODEL_UNAVAILABLE' : 'MODEL_REFUSED',
      message: `Expected an answer from the model at ${host}, but it said ${error.statusCode}: ${error.message}`,
      retryable: error.isRetryable,
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'MODEL_UNAVAILABLE',
    message: `Expected an answer from the model at ${host}, but: ${reason}`,
    retryable: true,
  };
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

/** A provider over a library's models: one translation for all of them. */
export function overLanguageModels(
  name: string,
  host: string,
  modelOf: (model: string) => LanguageModelV3,
  settings: Pick<LanguageModelV3CallOptions, 'providerOptions'> = {},
): ModelProvider {
  return {
    name,
    async generate(request, signal) {
      try {
        const result = await modelOf(request.model).doGenerate({
          ...toOptions(request, signal),
          ...settings,
        });
        const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
        const toolCalls = [];
        for (const part of result.content) {
          if (part.type !== 'tool-call') continue;
          const found = parseArguments(part.input);
          if (!found) {
            return failed({
              code: 'MODEL_ANSWER_INVALID',
              message: `Expected the model to call '${part.toolName}' with a JSON object, but it wrote: ${part.input.slice(0, 200)}`,
              retryable: true,
            });
          }
          toolCalls.push({ id: part.toolCallId, name: part.toolName, arguments: found });
        }
        const { total, cacheRead } = result.usage.inputTokens;
        return ok({
          text,
          toolCalls,
          finish:
            toolCalls.length > 0
              ? ('toolCalls' as const)
              : result.finishReason.unified === 'length'
                ? ('length' as const)
                : ('stop' as const),
          inputTokens: total ?? 0,
          ...(cacheRead ? { cachedInputTokens: cacheRead } : {}),
          outputTokens: result.usage.outputTokens.total ?? 0,
        });
      } catch (error) {
        return failed(toFailure(error, host, signal.aborted));
      }
    },
  };
}
