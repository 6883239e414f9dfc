import { createAnthropic } from '@ai-sdk/anthropic';
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
  const provider = createAnthropic({ baseURL: baseUrl, apiKey, fetch });
  return overLanguageModels(name, new URL(baseUrl).host, (model) => provider.languageModel(model));
}
