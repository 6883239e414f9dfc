import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, signedIn } from '../e2e/api.ts';
import { type Product, startProduct } from '../e2e/product.ts';
import { until } from './ports.ts';
import {
  findSmallModel,
  type ModelServer,
  type SmallModel,
  smallModel,
  startModelServer,
} from './smallModel.ts';

/** ms for a model on a busy machine. */
const LONG = 300_000;

const question = 'My parcel has not come. What is this about?';
const category = { enum: ['billing', 'shipping', 'returns'] };
const responseSchema = {
  type: 'object',
  properties: { category, urgent: { type: 'boolean' } },
  required: ['category', 'urgent'],
  additionalProperties: false,
};

interface Provider {
  id: string;
  validation_status: string;
  validation_code: string;
  validation_message: string;
  models: string[];
}
interface Run {
  status: string;
  output: object;
  error: { code: string; message: string } | null;
  usage: { inputTokens: number; outputTokens: number; cost: number };
}

const found = findSmallModel(process.env);

describe.skipIf(!found)('a real small language model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-small-model-'));
  let product: Product;
  let server: ModelServer;
  let api: Api;
  let here: Provider;
  let served: Provider;
  let made = 0;

  beforeAll(async () => {
    const { models, runtime } = found as SmallModel;
    product = await startProduct({
      dataDirectory: folder,
      environment: { LOCAL_MODELS: models, LOCAL_RUNTIME: runtime, LOCAL_MEMORY: '2000' },
    });
    api = await signedIn(product.address, 'admin');
    await api.post('/tasks', { name: 'triage', content: { responseSchema } });
    server = await startModelServer(found as SmallModel);
    here = await connected('here', 'local');
    served = await connected('llama.cpp', 'openai-compatible', server.url);
  }, LONG);
  afterAll(async () => {
    await server?.stop();
    await product?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function connected(name: string, type: string, base_url?: string): Promise<Provider> {
    const { id } = await api.post('/providers', { name, type, ...(base_url && { base_url }) });
    const read = () => api.get<Provider>(`/providers/${id}`);
    await until(async () => (await read()).validation_status === 'connected', 30_000);
    return read();
  }
  const agent = async (provider: string, model: string, maxOutputTokens: number) =>
    (
      await api.post('/agents', {
        name: `agent-${++made}`,
        content: {
          provider,
          model,
          systemPrompt: 'Answer in one short sentence.',
          userPrompt: '',
          parameters: { temperature: 0, maxOutputTokens },
          limits: { timeout: 240_000 },
        },
      })
    ).id;

  async function answersAndStreams(provider: string, model: string) {
    const id = await agent(provider, model, 60);
    const run = await api.post<Run>(`/agents/${id}/run`, { prompt: question, task: 'triage' });
    expect(run).toMatchObject({ status: 'completed', error: null });
    expect(run.output).toEqual({
      category: expect.stringMatching(/^(billing|shipping|returns)$/),
      urgent: expect.any(Boolean),
    });
    expect(run.usage.inputTokens).toBeGreaterThan(10);
    expect(run.usage.outputTokens).toBeGreaterThan(3);

    const talker = await agent(provider, model, 400);
    const heard: { event: string; data: unknown }[] = [];
    await api.events(`/agents/${talker}/run`, { prompt: 'Say hello.' }, (event) => heard.push(event));
    const pieces = heard.flatMap(({ event, data }) =>
      event === 'text.delta' ? [(data as { text: string }).text] : [],
    );
    expect(pieces.length).toBeGreaterThan(2);
    const last = heard.at(-1);
    expect(last, JSON.stringify(last)).toMatchObject({
      event: 'run.finished',
      data: { status: 'completed', output: { text: pieces.join('') } },
    });
  }

  it(
    'in a file answers by a schema and streams, without a server and without a key',
    async () => {
      expect(here.models).toEqual([smallModel]);
      await answersAndStreams('here', smallModel);
    },
    LONG,
  );

  it(
    'in a file is there again after the program that runs it was killed',
    async () => {
      const id = await agent('here', smallModel, 200);
      const cut = api.post<Run>(`/agents/${id}/run`, { prompt: 'Tell a long story.' });
      await expect.poll(() => programsOf(product.pid).length, { timeout: 60_000 }).toBe(1);
      const [killed] = programsOf(product.pid);
      process.kill(killed as number, 'SIGKILL');
      expect(await cut).toMatchObject({ status: 'completed' });
      expect(programsOf(product.pid)).not.toContain(killed);
    },
    LONG,
  );

  it(
    'behind llama.cpp’s server answers by a schema and streams',
    async () => {
      await answersAndStreams('llama.cpp', served.models[0] as string);
    },
    LONG,
  );

  it(
    'in a folder where nothing is installed says what to do',
    async () => {
      const bare = mkdtempSync(join(tmpdir(), 'baton-no-model-'));
      const other = await startProduct({ dataDirectory: bare });
      try {
        const there = await signedIn(other.address, 'admin');
        const { id } = await there.post('/providers', { name: 'here', type: 'local' });
        const read = () => there.get<Provider>(`/providers/${id}`);
        await expect.poll(async () => (await read()).validation_status, { timeout: 30_000 }).toBe('error');
        expect(await read()).toMatchObject({
          validation_code: 'LOCAL_RUNTIME_MISSING',
          validation_message: expect.stringContaining('npm run local-models'),
        });
      } finally {
        await other.kill();
        rmSync(bare, { recursive: true, force: true });
      }
    },
    LONG,
  );
});

/** Processes of models that this one started (Linux). */
function programsOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [, parentId] = status.slice(status.lastIndexOf(')') + 2).split(' ');
        return (
          Number(parentId) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('localModels')
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}
