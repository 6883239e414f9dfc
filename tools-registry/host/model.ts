import { declares } from '../contract/index.ts';
import { exactly, text, wholeNumber, withArguments } from './arguments.ts';
import { refused } from './service.ts';
import type { ModelQuestion } from './world.ts';

/** `llm.ask({provider, model, prompt, system, maxTokens, temperature})`: one answer of a model of the tenant's providers. */
export const modelService = withArguments<ModelQuestion>({
  kind: 'model',
  input: exactly(
    {
      provider: text(64, 1),
      model: text(200, 1),
      prompt: text(500_000, 1),
      system: text(100_000),
      maxTokens: wholeNumber(1, 100_000),
      temperature: { type: 'number', minimum: 0, maximum: 2 },
    },
    ['provider', 'model', 'prompt'],
  ),
  what: ({ provider, model }) => `ask ${String(provider).slice(0, 64)}/${String(model).slice(0, 100)}`,
  async answer(question, { world, tenantId, toolId, run, capabilities, declared }, signal) {
    const { provider } = question;
    if (!capabilities.models.includes(provider))
      return refused(`models of '${provider}'`, declares(declared.models, provider));
    return world.ask({ tenantId, toolId, run, question }, signal);
  },
  outcome: (value) => `${(value as { outputTokens: number }).outputTokens} tokens`,
});
