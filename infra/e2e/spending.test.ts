import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AskedModel,
  type ProviderUnderTest,
  startProviderUnderTest,
} from '../load/providerUnderTest.ts';
import { type Api, signedIn } from './api.ts';
import { callingProcess } from './askingProcess.ts';
import { stage } from './stage.ts';

const patience = { timeout: 60_000, interval: 100 };
/** Tokens the provider says of each answer. */
const each = 110;

interface Incident {
  key: string;
  message: string;
  state: string;
}

describe('what agents may use', () => {
  const on = stage();
  const asked: AskedModel[] = [];
  let provider: ProviderUnderTest;
  let api: Api;

  beforeAll(async () => {
    provider = await startProviderUnderTest((one) => {
      asked.push(one);
      // It looks once at the time, then answers.
      const looked = one.messages.some(({ role }) => role === 'tool');
      one.answer(looked ? { text: 'It is late.' } : { calls: [{ id: 'look', name: 'time', arguments: {} }] });
    });
    api = await signedIn(on.product.address, 'admin');
    await api.post('/providers', { name: 'office', type: 'openai-compatible', base_url: provider.baseUrl });
    const time = {
      description: 'The time',
      input: { type: 'object' },
      output: { type: 'object' },
      source: 'export default defineTool({ async run() { return { time: "23:59" }; } });',
    };
    await api.post('/tools', { name: 'time', content: time });
    const content = {
      provider: 'office',
      model: 'small',
      systemPrompt: 'Tell the time.',
      tools: ['time'],
      limits: { maxModelCalls: 1, maxTokens: 2_000 },
    };
    await api.post('/agents', { name: 'thrifty', content });
    await api.post('/agents', { name: 'clerk', content: { ...content, limits: { maxTokens: 2_000 } } });
    for (const name of ['thrifty', 'clerk']) {
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
    const body = { bpmnProcessId: `asks-${agent}`, variables: { message: 'How late is it?' } };
    return (await api.post('/instances', body)).key;
  };
  async function incidentOf(key: string): Promise<Incident> {
    const open = async () =>
      (await api.get<{ items: Incident[] }>(`/instances/${key}/incidents`)).items.find(
        ({ state }) => state === 'ACTIVE',
      );
    await expect.poll(open, patience).toBeDefined();
    return (await open())!;
  }
  const completed = async (key: string) => {
    const state = async () => (await api.get<{ state: string }>(`/instances/${key}`)).state;
    await expect.poll(state, patience).toBe('COMPLETED');
  };
  const tokens = async () =>
    (await api.get<{ items: { name: string; used: number; reserved: number }[] }>('/quotas')).items.find(
      ({ name }) => name === 'tokensPerDay',
    )!;
  const settledAt = (used: number) => expect.poll(tokens, patience).toMatchObject({ used, reserved: 0 });

  it('a limit that is reached is an incident; granted more, the run goes on and repeats nothing', async () => {
    const { used } = await tokens();
    const key = await start('thrifty');
    const incident = await incidentOf(key);
    expect(incident.message).toContain('BUDGET_EXCEEDED');
    await settledAt(used + each);

    await api.post(`/incidents/${incident.key}/grant`, { modelCalls: 1 });
    await completed(key);
    expect(asked).toHaveLength(2);
    const { items } = await api.get<{ items: { kind: string }[] }>(`/instances/${key}/calls`);
    expect(items.map(({ kind }) => kind)).toEqual(['model', 'tool', 'model']);
    const grants = await api.get<{ items: object[] }>(`/instances/${key}/grants`);
    expect(grants.items).toMatchObject([{ modelCalls: 1, tokens: 0, by: 'admin' }]);
    await settledAt(used + 2 * each);
  }, 120_000);

  it('a run on request that reached its limit goes on under its id', async () => {
    asked.length = 0;
    const agents = await api.get<{ items: { id: string; name: string }[] }>('/agents?limit=200');
    const { id } = agents.items.find(({ name }) => name === 'thrifty')!;
    await expect(api.post(`/agents/${id}/run`, { prompt: 'How late is it?' })).rejects.toThrow(
      'BUDGET_EXCEEDED',
    );
    const runs = await api.get<{ items: { id: string }[] }>(`/agents/${id}/runs`);
    const ended = await api.post<{ id: string; status: string; output: object }>(
      `/agent-runs/${runs.items[0]!.id}/continuation`,
      { grant: { modelCalls: 1 } },
    );
    expect(ended).toMatchObject({
      id: runs.items[0]!.id,
      status: 'completed',
      output: { text: 'It is late.' },
    });
    expect(asked).toHaveLength(2);
  }, 120_000);

  it('a quota that is used up is an incident in words; raised and tried again, the run is done', async () => {
    const { used } = await tokens();
    await api.put('/quotas', { own: { tokensPerDay: used + 1_000 } });
    const key = await start('clerk');
    const incident = await incidentOf(key);
    expect(incident.message).toContain('QUOTA_EXCEEDED: Expected the tenant’s runs to use at most');
    expect(incident.message).toContain('this run may use 2,000 more');
    expect(asked).toEqual([]);

    await api.put('/quotas', { own: {} });
    await api.post(`/incidents/${incident.key}/resolution`, { retries: 1 });
    await completed(key);
    expect(asked).toHaveLength(2);
    await settledAt(used + 2 * each);
  }, 120_000);

  it('a process that leads back to itself is not deployed', async () => {
    const xml = callingProcess('circle', 'circle', 'tool').replace(
      /<zeebe:taskDefinition[\s\S]*?<\/zeebe:taskHeaders>/,
      '<zeebe:calledElement processId="circle" />',
    );
    const calls = xml.replaceAll('serviceTask', 'callActivity');
    const { id } = await api.post('/workflows', { name: 'circle', xml: calls });
    await expect(api.post('/deployments', { workflowId: id })).rejects.toThrow("'circle' → 'circle'");
  }, 60_000);
});
