import { failed, ok } from '@baton/engine/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ModelFailure, type ModelProvider, type ModelRequest, retrying } from './index.ts';

const request: ModelRequest = {
  model: 'small',
  messages: [{ role: 'user', text: 'Hello' }],
  tools: [],
  responseSchema: undefined,
  temperature: 0,
  maxOutputTokens: 50,
};
const answer = { text: 'Hi', toolCalls: [], finish: 'stop' as const, inputTokens: 1, outputTokens: 1 };
const busy: ModelFailure = {
  code: 'MODEL_UNAVAILABLE',
  message: 'Expected an answer, but it said 429',
  retryable: true,
};

describe('a provider that is busy', () => {
  let asked = 0;
  let pauses: number[] = [];
  beforeEach(() => {
    asked = 0;
    pauses = [];
  });

  function ask(
    outcomes: readonly (ModelFailure | 'answer' | 'breaks off')[],
    { signal = new AbortController().signal, heard }: { signal?: AbortSignal; heard?: string[] } = {},
  ) {
    const provider: ModelProvider = {
      name: 'office',
      async generate(_request, _signal, hear) {
        const outcome = outcomes[asked] ?? 'answer';
        asked += 1;
        if (outcome === 'answer') return ok(answer);
        if (outcome !== 'breaks off') return failed(outcome);
        hear?.({ text: 'H' });
        return failed(busy);
      },
    };
    const retries = {
      attempts: 4,
      first: 1_000,
      longest: 20_000,
      chance: () => 1,
      wait: async (ms: number) => void pauses.push(ms),
    };
    return retrying(provider, retries).generate(
      request,
      signal,
      heard && (({ text }) => void heard.push(text)),
    );
  }

  it('is asked again after pauses that grow, and the answer says how often', async () => {
    expect(await ask([busy, busy])).toEqual(ok({ ...answer, attempts: 3 }));
    expect(pauses).toEqual([1_000, 2_000]);
  });

  it('is left alone for as long as it wants', async () => {
    await ask([{ ...busy, retryAfter: 7_000 }]);
    expect(pauses).toEqual([7_000]);
  });

  it('is not waited for beyond the longest pause', async () => {
    const result = await ask([{ ...busy, retryAfter: 60_000 }]);
    expect([result.ok, asked, pauses]).toEqual([false, 1, []]);
  });

  it('fails after the last attempt, and says how many there were', async () => {
    expect(await ask([busy, busy, busy, busy])).toEqual(
      failed({ ...busy, message: 'Expected an answer, but it said 429 (asked 4 times)' }),
    );
  });

  it('is not asked again what it refused, nor what was heard in part', async () => {
    const refused: ModelFailure = {
      code: 'MODEL_REFUSED',
      message: 'Expected …, but it said 401',
      retryable: false,
    };
    expect(await ask([refused])).toEqual(failed(refused));
    asked = 0;
    const heard: string[] = [];
    expect((await ask(['breaks off'], { heard })).ok).toBe(false);
    expect([asked, heard]).toEqual([1, ['H']]);
  });

  it('is not asked again for a run that ended meanwhile', async () => {
    const ended = AbortSignal.abort();
    expect((await ask([busy], { signal: ended })).ok).toBe(false);
    expect(asked).toBe(1);
  });
});
