import { overLanguageModels } from './languageModel.ts';
import type { ModelProvider } from './provider.ts';

export interface OpenAIOptions {
  /** As agents call it. */
  name: string;
  /** e.g. `https://api.openai.com/v1`. */
  baseUrl: string;
  apiKey: string;
  fetch: typeof globalThis.fetch;
}

/** OpenAI itself: its newer models take other parameters than servers that are like it. */
export function createOpenAIProvider({ name, baseUrl, apiKey, fetch }: OpenAIOptions): ModelProvider {
  const modelOf = async (model: string) => {
    const { createOpenAI } = await import('@ai-sdk/openai');
    return createOpenAI({ baseURL: baseUrl, apiKey, fetch }).chat(model);
  };
  return overLanguageModels(name, new URL(baseUrl).host, modelOf, {
    // Its strict form takes no optional property.
    providerOptions: { openai: { strictJsonSchema: false } },
  });
}
