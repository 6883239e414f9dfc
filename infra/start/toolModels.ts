import type { ModelCatalog } from '@baton/engine/agents';
import { costOf } from '@baton/engine/llm';
import type { CallLog, JsonValue } from '@baton/engine/protocol';
import { ofPeriods, type Quotas } from '@baton/gateway';
import { jsonHash } from '@baton/infra/store';
import type { ToolWorld } from '@baton/tools-registry';

export interface ToolModelsOptions {
  models: Pick<ModelCatalog, 'provider'>;
  quotas(): Quotas;
  calls: Pick<CallLog, 'append'>;
  now(): number;
  newId(): string;
}

/** Characters of a token, for what is reserved before the model has counted. */
const PER_TOKEN = 3;
const usualAnswer = 2_000;
const millionths = 1_000_000;

/** Models for tools: what a call may use is reserved before, what it did use is recorded and counted. */
export function toolModels({ models, quotas, calls, now, newId }: ToolModelsOptions): ToolWorld['ask'] {
  return async ({ tenantId, toolId, run, question }, signal) => {
    const { provider: name, model, prompt, system, maxTokens = usualAnswer, temperature = 0 } = question;
    const provider = await models.provider(tenantId, name);
    if (!provider)
      return {
        ok: false,
        code: 'PROVIDER_MISSING',
        message: `Expected a provider '${name}', but the tenant has none of that name`,
      };
    const asked = Math.ceil((prompt.length + (system?.length ?? 0)) / PER_TOKEN);
    const price = provider.priceOf?.(model);
    const worth = costOf(price, { inputTokens: asked, outputTokens: maxTokens });
    const reserved = await quotas().reserve(tenantId, {
      ...ofPeriods('tokens', asked + maxTokens),
      ...ofPeriods('money', Math.ceil(worth * millionths)),
    });
    if (!reserved.ok) return { ok: false, code: reserved.failure.code, message: reserved.failure.message };
    const request = {
      model,
      messages: [
        ...(system ? [{ role: 'system' as const, text: system }] : []),
        { role: 'user' as const, text: prompt },
      ],
      tools: [],
      responseSchema: undefined,
      temperature,
      maxOutputTokens: maxTokens,
    };
    const startedAt = now();
    const answered = await provider.generate(request, signal).catch(async (error: unknown) => {
      await reserved.value.release();
      throw error;
    });
    const used = answered.ok ? answered.value : { inputTokens: 0, outputTokens: 0 };
    const { inputTokens, outputTokens } = used;
    const cost = costOf(price, used);
    await reserved.value.settle({
      ...ofPeriods('tokens', inputTokens + outputTokens),
      ...ofPeriods('money', Math.round(cost * millionths)),
    });
    const { responseSchema: _, ...kept } = request;
    const failure = answered.ok ? undefined : answered.failure;
    const id = newId();
    await calls.append({
      id,
      tenantId,
      kind: 'model',
      name: toolId,
      version: 0,
      model: `${name}/${model}`,
      processInstanceKey: run ?? '',
      elementInstanceKey: `tool/${id}`,
      elementId: '',
      jobKey: '',
      sequence: 1,
      requestHash: jsonHash(kept),
      request: kept as unknown as JsonValue,
      response: answered.ok ? { text: answered.value.text } : null,
      error: failure ? { code: failure.code, message: failure.message } : null,
      usage: { inputTokens, outputTokens, cost },
      startedAt,
      duration: now() - startedAt,
    });
    if (failure) return { ok: false, code: failure.code, message: failure.message };
    const { text } = answered.ok ? answered.value : { text: '' };
    return { ok: true, value: { text, model, inputTokens, outputTokens } };
  };
}
