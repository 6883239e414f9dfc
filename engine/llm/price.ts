import type { ModelPrice, ModelResponse } from './provider.ts';

const million = 1_000_000;

/** What an answer costs, in US dollars. */
export function costOf(
  price: ModelPrice | undefined,
  {
    inputTokens,
    cachedInputTokens = 0,
    outputTokens,
  }: Pick<ModelResponse, 'inputTokens' | 'cachedInputTokens' | 'outputTokens'>,
): number {
  if (!price) return 0;
  const { input, cachedInput = input, output } = price;
  const fresh = Math.max(0, inputTokens - cachedInputTokens);
  return (fresh * input + cachedInputTokens * cachedInput + outputTokens * output) / million;
}
