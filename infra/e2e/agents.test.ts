import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AskedModel,
  type ProviderUnderTest,
  startProviderUnderTest,
} from '../load/providerUnderTest.ts';
import { connectZeebe } from '../real/zeebeGrpc.ts';
import { type Api, signedIn } from './api.ts';
import { callingProcess } from './askingProcess.ts';
import { stage } from './stage.ts';

const patience = { timeout: 60_000, interval: 100 };

/** Says how often it was called in this run: what was done is not done again. */
const counter = {
  description: 'Counts a step',
  input: { type: 'object', properties: { step: { type: 'string' } }, required: ['step'] },
  output: { type: 'object' },
  capabilities: { network: [], secrets: [], files: false, memory: true, questions: false },
  sideEffect: true,
  source: `export default defineTool({
  async run({ step }, { state }) {
    const n = Number((await state.get('n')) ?? 0) + 1;
    await state.set('n', n);
    return { step, n };
  },
});`,
};

interface Call {
  kind: string;
  elementInstanceKey: string;
  response: unknown;
  error: { code: string } | null;
}

describe('agents at work in processes, with a model behind HTTP', () => {
  const on = stage();
  const asked: AskedModel[] = [];
  let provider: ProviderUnderTest;
  let api: Api;

  beforeAll(async () => {
    provider = await startProviderUnderTest((one) => void asked.push(one));
    api = await signedIn(on.product.address, 'admin');
    await api.post('/providers', { name: 'office', type: 'openai-compatible', base_url: provider.baseUrl });
    const { id } = await api.post('/tools', { name: 'count', content: counter });
    await api.put(`/tools/${id}/grants`, counter.capabilities);
    for (const [name, limits] of Object.entries({ clerk: {}, thrifty: { maxModelCalls: 2 } })) {
      const content = {
        provider: 'office',
        model: 'small',
        systemPrompt: 'Count each step.',
        userPrompt: '{{message}}',
        tools: ['count'],
        limits,
      };
      await api.post('/agents', { name, content });
      const xml = callingProcess(`asks-${name}`, name, 'agent');
      const workflow = await api.post('/workflows', { name: `asks-${name}`, xml });
      await api.post('/deployments', { workflowId: workflow.id });
    }
  }, 300_000);
  afterAll(async () => {
    provider?.close();
  });

  const start = async (agent: string) => {
    asked.length = 0;
    const { key } = await api.post('/instances', {
      bpmnProcessId: `asks-${agent}`,
      variables: { message: 'Count to two.' },
    });
    return key;
  };
  /** The model is asked for the nth time. */
  const askedFor = async (times: number) => {
    await expect.poll(() => asked.length, patience).toBe(times);
    return asked[times - 1]!;
  };
  const counts = (step: string) => ({ calls: [{ id: step, name: 'count', arguments: { step } }] });
  const callsOf = async (key: string) => (await api.get<{ items: Call[] }>(`/instances/${key}/calls`)).items;
  const completed = async (key: string) => {
    const state = async () => (await api.get<{ state: string }>(`/instances/${key}`)).state;
    await expect.poll(state, patience).toBe('COMPLETED');
    const { items } = await api.get<{ items: { name: string; value: unknown }[] }>(
      `/instances/${key}/variables`,
    );
    return items.find(({ name }) => name === 'result')?.value;
  };

  it('kill -9 in the middle of a tool loop: what was asked and done is neither asked nor done again', async () => {
    const key = await start('clerk');
    (await askedFor(1)).answer(counts('one'));
    (await askedFor(2)).answer(counts('two'));
    const cut = await askedFor(3);
    await on.product.kill();
    await cut.closed;

    await on.startAgain();
    api = await signedIn(on.product.address, 'admin');
    // The job is given to others once its time is over; here its time is cut short.
    const [{ elementInstanceKey } = expect.unreachable()] = await callsOf(key);
    const { calls } = await api.get<{ calls: { jobKey: string }[] }>(`/recordings/${elementInstanceKey}`);
    const zeebe = await connectZeebe(on.product.grpcAddress);
    await zeebe.call('UpdateJobTimeout', { jobKey: calls[0]!.jobKey, timeout: 1 });
    zeebe.close();

    const again = await askedFor(4);
    expect(again.messages).toEqual(cut.messages);
    again.answer({ text: 'Counted to two.' });
    expect(await completed(key)).toEqual({ text: 'Counted to two.' });
    const made = await callsOf(key);
    expect(made.map(({ kind }) => kind)).toEqual(['model', 'tool', 'model', 'tool', 'model']);
    expect(made.filter(({ kind }) => kind === 'tool').map(({ response }) => response)).toEqual([
      { step: 'one', n: 1 },
      { step: 'two', n: 2 },
    ]);
  }, 240_000);

  it('an instance that is cancelled hangs up on the provider', async () => {
    const key = await start('clerk');
    const { closed } = await askedFor(1);
    const cancelled = Date.now();
    await api.post(`/instances/${key}/cancellation`);
    await closed;
    // Long before the job would have been kept the next time.
    expect(Date.now() - cancelled).toBeLessThan(20_000);
  }, 60_000);

  it('a run that reached its limit is granted more, and goes on where it stopped', async () => {
    const key = await start('thrifty');
    (await askedFor(1)).answer(counts('one'));
    (await askedFor(2)).answer(counts('two'));
    const incidents = async () =>
      (await api.get<{ items: { key: string; message: string }[] }>(`/instances/${key}/incidents`)).items;
    await expect.poll(async () => (await incidents()).length, patience).toBe(1);
    const [incident] = await incidents();
    expect(incident?.message).toContain('BUDGET_EXCEEDED');

    await api.post(`/incidents/${incident!.key}/grant`, { modelCalls: 2 });
    const third = await askedFor(3);
    expect(third.messages.filter(({ role }) => role === 'tool')).toHaveLength(2);
    third.answer({ text: 'Counted to two.' });
    expect(await completed(key)).toEqual({ text: 'Counted to two.' });
    expect((await callsOf(key)).map(({ kind }) => kind)).toEqual(['model', 'tool', 'model', 'tool', 'model']);
    expect(asked).toHaveLength(3);
    const { items } = await api.get<{ items: { modelCalls: number; by: string }[] }>(
      `/instances/${key}/grants`,
    );
    expect(items).toMatchObject([{ modelCalls: 2, by: 'admin' }]);
  }, 120_000);
});
