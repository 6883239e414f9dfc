import { beforeAll, expect, it, vi } from 'vitest';
import { type Api, signedIn } from './api.ts';
import { callingProcess } from './askingProcess.ts';
import { stage } from './stage.ts';

const patience = { timeout: 30_000, interval: 100 };
const on = stage();
let api: Api;

interface Runtime {
  state: string;
  runs: { kind: string; instanceKey: string | null }[];
  thread: { memory: number } | null;
  restarts: number;
}
const runtime = (id: string) => api.get<Runtime>(`/agents/${id}/runtime`);
const calls = async (key: string) => (await api.get<{ items: unknown[] }>(`/instances/${key}/calls`)).items;
const begin = async (name: string) => {
  const { key } = await api.post('/instances', { bpmnProcessId: `asks-${name}`, variables: {} });
  return key;
};
/** An agent, and a process that asks it. */
async function given(name: string, provider: string) {
  const content = { provider, model: 'mock-1', systemPrompt: 'Say hello.', userPrompt: 'Hello' };
  const { id } = await api.post('/agents', { name, content });
  const xml = callingProcess(`asks-${name}`, name, 'agent');
  const { id: workflowId } = await api.post('/workflows', { name: `asks-${name}`, xml });
  await api.post('/deployments', { workflowId });
  return id;
}

beforeAll(async () => {
  api = await signedIn(on.product.address, 'admin');
});

it('jobs of a stopped agent wait, with their retries, over a crash of the product too; started, they go on', async () => {
  const clerk = await given('clerk', 'mock');
  expect(await api.post<Runtime>(`/agents/${clerk}/stop`)).toMatchObject({ state: 'stopped', thread: null });
  await expect(api.post(`/agents/${clerk}/run`, { prompt: 'Hello' })).rejects.toThrow(/409 .*AGENT_STOPPED/);
  const key = await begin('clerk');
  await on.product.kill();
  await on.startAgain();
  api = await signedIn(on.product.address, 'admin');
  expect(await runtime(clerk)).toMatchObject({ state: 'stopped', runs: [] });
  const later = await begin('clerk');
  expect([await calls(key), await calls(later)]).toEqual([[], []]);
  expect(await api.post<Runtime>(`/agents/${clerk}/start`)).toMatchObject({ stopped: null });
  await vi.waitFor(async () => expect(await calls(later)).toHaveLength(1), patience);
}, 240_000);

it('an agent that is restarted at work goes on in another thread, and its process comes to its end', async () => {
  // Whether it was asked when the thread ends or not yet, it answers who asks it then.
  const scenario = JSON.stringify({ scripts: [{ steps: [{ text: 'Hello', delay: 5_000 }] }] });
  await api.post('/providers', { name: 'thinking', type: 'scripted', scenario });
  const slow = await given('slow', 'thinking');
  const key = await begin('slow');
  await vi.waitFor(async () => expect((await runtime(slow)).thread?.memory).toBeGreaterThan(0), patience);
  expect((await runtime(slow)).runs).toMatchObject([{ kind: 'job', instanceKey: key }]);
  await api.post(`/agents/${slow}/restart`);
  await vi.waitFor(
    async () => expect(await api.get(`/instances/${key}`)).toMatchObject({ state: 'COMPLETED' }),
    patience,
  );
  expect(await runtime(slow)).toMatchObject({ state: 'idle', restarts: 1 });
  expect(await calls(key)).toHaveLength(1);
}, 120_000);
