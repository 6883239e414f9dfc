import { z } from 'zod';

/** What a recorded call says of itself besides what was asked and answered. */

export const callUsage = z.object({
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** Those of the input that the provider had kept, where it says so. */
  cachedInputTokens: z.number().int().optional(),
  /** Those of the output that the model thought with, where the provider says so. */
  reasoningTokens: z.number().int().optional(),
  /** US dollars. */
  cost: z.number(),
});
export type CallUsageView = z.infer<typeof callUsage>;

/** What a guardrail said of one text. */
export const guardVerdict = z.object({
  policy: z.string(),
  check: z.string(),
  place: z.enum(['input', 'output', 'toolArguments', 'toolResult']),
  action: z.enum(['allow', 'mask', 'block']),
  /** Why it was not allowed as it was; never holds what was found. */
  message: z.string().optional(),
});
export type GuardVerdictView = z.infer<typeof guardVerdict>;

/** What was done so that the conversation is no longer than the agent's context. */
export const callContext = z.object({
  /** Results of tools that are shortened from this call on. */
  shortened: z.number().int().optional(),
  /** Messages that are left out from this call on. */
  leftOut: z.number().int().optional(),
  /** The call itself puts earlier loops into words, which stand for them in the calls after it. */
  summary: z.boolean().optional(),
});

/** The model was asked because the one before it in the agent's chain failed. */
export const callFallback = z.object({
  /** 1-based place in the agent's `fallbacks`. */
  place: z.number().int(),
  /** `provider/model` that failed before it, and how. */
  after: z.object({ model: z.string(), code: z.string() }),
});
export type CallFallbackView = z.infer<typeof callFallback>;
