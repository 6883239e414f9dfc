import { overLanguageModels } from './languageModel.ts';
import type { ModelProvider } from './provider.ts';

export interface AnthropicOptions {
  /** As agents call it. */
  name: string;
  /** e.g. `https://api.anthropic.com/v1`. */
  baseUrl: string;
  apiKey: string;
  fetch: typeof globalThis.fetch;
}

/** Anthropic’s messages. */
export function createAnthropicProvider({ name, baseUrl, apiKey, fetch }: AnthropicOptions): ModelProvider {
  return overLanguageModels(name, new URL(baseUrl).host, async (model) => {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return createAnthropic({ baseURL: baseUrl, apiKey, fetch }).languageModel(model);
  });
}
