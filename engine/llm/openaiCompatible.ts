import { overLanguageModels } from './languageModel.ts';
import type { ModelProvider } from './provider.ts';

export interface OpenAICompatibleOptions {
  /** As agents call it. */
  name: string;
  /** e.g. `https://host/v1`. */
  baseUrl: string;
  apiKey: string | undefined;
  fetch: typeof globalThis.fetch;
}

/** Any server that speaks OpenAI's chat completions; Ollama does below `/v1`. */
export function createOpenAICompatibleProvider({
  name,
  baseUrl,
  apiKey,
  fetch,
}: OpenAICompatibleOptions): ModelProvider {
  return overLanguageModels(name, new URL(baseUrl).host, async (model) => {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    const provider = createOpenAICompatible({
      name,
      baseURL: baseUrl,
      fetch,
      supportsStructuredOutputs: true,
      // Without being asked, a stream tells nothing of what it used.
      includeUsage: true,
      ...(apiKey === undefined ? {} : { apiKey }),
    });
    return provider.chatModel(model);
  });
}
