import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngineClient } from '@baton/engine/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../real/root.ts';
import { type Api, signedIn } from './api.ts';
import { stage } from './stage.ts';

/** Longer than the time of a job: one that a killed process held comes back when that is over. */
const patience = { timeout: 120_000, interval: 100 };

/** Two rounds of tools, one of them a person, and the answer; then what is said to a follow-up. */
const scenario = `
scripts:
  - steps:
      - toolCalls: [{ name: Price, arguments: { nights: 2, people: 3 } }]
      - toolCalls: [{ name: AskTraveller, arguments: { question: By day? } }]
      - text: That is 540 euros by day.
`;

interface Task {
  key: string;
  instanceKey: string;
  elementId: string;
}
interface Call {
  kind: string;
  name: string;
  sequence: number;
  response: unknown;
}

describe('a process in Camunda’s form', () => {
  const on = stage();
  let api: Api;

  beforeAll(async () => {
    api = await signedIn(on.product.address, 'admin');
  }, 240_000);
  /** As any client of Zeebe deploys a model with its forms. */
  async function deploy(): Promise<void> {
    const engine = createEngineClient({
      grpcAddress: on.product.grpcAddress,
      restAddress: on.product.restAddress,
      onlyTenant: undefined,
      fetch,
      schedule: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    });
    const files = ['travel-desk.bpmn', 'travel-desk-question.form', 'travel-desk-review.form'];
    const deployed = await engine.commands.deploy(
      'acme',
      files.map((name) => ({
        name,
        content: readFileSync(join(root, 'engine', 'agents', 'camunda', 'test', name), 'utf8'),
      })),
    );
    await engine.close();
    if (!deployed.ok) throw new Error(deployed.failure.message);
  }

  async function does(instanceKey: string, elementId: string, variables: object): Promise<void> {
    const open = async () =>
      (await api.get<{ items: Task[] }>('/user-tasks?state=CREATED&limit=50')).items.find(
        (task) => task.instanceKey === instanceKey && task.elementId === elementId,
      );
    await expect.poll(async () => (await open()) !== undefined, patience).toBe(true);
    await api.post(`/user-tasks/${(await open())!.key}/completion`, { variables });
  }

  it('says which provider it misses, goes on once there is one, and through kill -9 repeats nothing', async () => {
    await deploy();
    const { key } = await api.post('/instances', {
      bpmnProcessId: 'travel-desk',
      variables: { question: 'What do 2 nights cost for 3?', today: 'Monday', traveller: 'eva' },
    });
    const incidents = async () =>
      (await api.get<{ items: { key: string; message: string }[] }>(`/instances/${key}/incidents`)).items;
    await expect
      .poll(async () => (await incidents()).map(({ message }) => message).join(), patience)
      .toContain("PROVIDER_NOT_FOUND: Expected a provider named 'bedrock'");
    await api.post('/providers', { name: 'bedrock', type: 'scripted', scenario, prices: [] });
    await api.post(`/incidents/${(await incidents())[0]!.key}/resolution`, { retries: 3 });

    // The agent has its price, and a person is asked.
    await expect
      .poll(async () => (await api.get<{ items: Call[] }>(`/instances/${key}/calls`)).items.length, patience)
      .toBe(3);
    await on.product.kill();
    await on.startAgain();
    api = await signedIn(on.product.address, 'admin');
    await does(key, 'AskTraveller', { said: 'By day' });
    await does(key, 'Review', { satisfied: true });
    await expect
      .poll(async () => (await api.get<{ state: string }>(`/instances/${key}`)).state, patience)
      .toBe('COMPLETED');

    const { items } = await api.get<{ items: Call[] }>(`/instances/${key}/calls`);
    expect(items.map(({ sequence, kind, name }) => [sequence, kind, name])).toEqual([
      [1, 'model', 'Agent'],
      [2, 'tool', 'Price'],
      [3, 'model', 'Agent'],
      [4, 'tool', 'AskTraveller'],
      [5, 'model', 'Agent'],
    ]);
    const recordings = await api.get<{ items: { id: string }[] }>(`/instances/${key}/recordings`);
    expect(await api.post(`/recordings/${recordings.items[0]!.id}/replay`, {})).toMatchObject({
      calls: 5,
      difference: null,
    });
  }, 300_000);
});
