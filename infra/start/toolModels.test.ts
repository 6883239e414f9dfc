import { createMockProvider, type ModelProvider } from '@baton/engine/llm';
import { type CallRecord, failed, ok } from '@baton/engine/protocol';
import type { QuotaAmounts, Quotas } from '@baton/gateway';
import { describe, expect, it } from 'vitest';
import { toolModels } from './toolModels.ts';

const never = new AbortController().signal;
const question = { provider: 'mock', model: 'mock-1', prompt: 'The parcel came late.' };

function world(provider: ModelProvider | undefined, full = false) {
  const records: CallRecord[] = [];
  const settled: QuotaAmounts[] = [];
  const reserved: QuotaAmounts[] = [];
  const quotas = {
    async reserve(_tenantId: string, amounts: QuotaAmounts) {
      if (full) return failed({ code: 'QUOTA_EXCEEDED', message: 'Expected fewer tokens, but …' });
      reserved.push(amounts);
      return ok({
        settle: async (used: QuotaAmounts) => void settled.push(used),
        release: async () => void settled.push({}),
      });
    },
    count: async () => {},
  } as unknown as Quotas;
  const ask = toolModels({
    models: { provider: async (_tenantId, name) => (name === 'mock' ? provider : undefined) },
    quotas: () => quotas,
    calls: { append: async (record) => void records.push(record) },
    now: () => 0,
    newId: () => 'call-1',
  });
  const asked = (changes: object = {}) =>
    ask({ tenantId: 'acme', toolId: 't1', run: 'r1', question: { ...question, ...changes } }, never);
  return { asked, records, settled, reserved };
}

const mock = createMockProvider({ wait: async () => {}, latency: 0 });

describe('a model that a tool asks', () => {
  it('answers; what it used is recorded, and counted for the tenant', async () => {
    const { asked, records, settled, reserved } = world(mock);
    const answer = await asked();

    expect(answer).toMatchObject({ ok: true, value: { text: expect.any(String), model: 'mock-1' } });
    expect(records).toMatchObject([
      {
        tenantId: 'acme',
        kind: 'model',
        name: 't1',
        model: 'mock/mock-1',
        processInstanceKey: 'r1',
        error: null,
      },
    ]);
    const [{ usage }] = records as [CallRecord];
    expect(settled).toMatchObject([{ tokensPerDay: usage.inputTokens + usage.outputTokens }]);
    expect(reserved[0]?.tokensPerDay).toBeGreaterThan(settled[0]?.tokensPerDay ?? 0);
  });

  it('is not asked when the tenant has used up its quota', async () => {
    const { asked, records } = world(mock, true);

    expect(await asked()).toMatchObject({ ok: false, code: 'QUOTA_EXCEEDED' });
    expect(records).toEqual([]);
  });

  it('of a provider that the tenant has not is missing', async () => {
    expect(await world(mock).asked({ provider: 'other' })).toMatchObject({ code: 'PROVIDER_MISSING' });
  });

  it('that fails is recorded as such, and used nothing', async () => {
    const failure = { code: 'MODEL_REFUSED' as const, message: 'Expected a key, but …', retryable: false };
    const { asked, records, settled } = world({ name: 'mock', generate: async () => failed(failure) });

    expect(await asked()).toEqual({ ok: false, code: 'MODEL_REFUSED', message: 'Expected a key, but …' });
    expect([records[0]?.error?.code, settled[0]?.tokensPerDay]).toEqual(['MODEL_REFUSED', 0]);
  });
});
