import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgentHandler, createQuestions } from '@baton/engine/agents';
import { createMockProvider } from '@baton/engine/llm';
import type { JsonObject } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';
import { agentContent, toolContent } from '@baton/gateway/api';
import { type DocumentStore, openDocumentStore } from '@baton/infra/store';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { agentCatalog } from './catalogs.ts';
import { toolCatalog } from './toolCatalog.ts';

let folder: string;
let store: DocumentStore;
/** Models that think at this moment: each answers when it is let. */
let thinking: (() => void)[];
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-running-'));
  store = await openDocumentStore({ uri: undefined, dataDirectory: folder, now: () => new Date() });
  await save('tool', 'order-lookup', {
    ...toolContent.parse({
      description: 'Looks up an order',
      input: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
      output: {},
      source: 'export default 1',
    }),
  });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  thinking = [];
});

async function save(kind: 'agent' | 'tool', name: string, content: unknown) {
  const save = { name, content, author: 'ada', message: '', at: new Date() };
  const found = await store.resources.getByName('acme', kind, name);
  const saved = found
    ? await store.resources.update('acme', kind, found.id, found.hash, save)
    : await store.resources.create('acme', kind, `${kind}-${name}`, save);
  if (!saved.ok) throw new Error(saved.failure.code);
  return saved.value;
}
const agentSaying = (systemPrompt: string) =>
  agentContent.parse({
    provider: 'mock',
    model: 'mock-1',
    systemPrompt,
    userPrompt: 'Look up the order: {"orderId": "{{orderId}}"}',
    tools: ['order-lookup'],
  });

function worker() {
  const mock = createMockProvider({
    latency: 1,
    wait: () => new Promise<void>((resolve) => thinking.push(resolve)),
  });
  return createAgentHandler({
    catalog: agentCatalog(store.resources),
    tools: {
      catalog: toolCatalog(store.resources),
      invoker: {
        call: async () => ({ ok: true, value: { status: 'late' }, version: 1, logs: [] }),
      } as never,
    },
    calls: store.calls,
    conversations: store.conversations,
    questions: createQuestions({ store: store.questions, engine: {} as never, news: {} as never }),
    models: { provider: async () => mock, secrets: async () => [] },
    world: { now: () => Date.now(), newId: () => `call-${++count}`, schedule: () => () => {} },
  });
}

const job = (agent: string, elementInstanceKey = String(++count)): Job => ({
  key: '7',
  type: 'agent',
  tenantId: 'acme',
  processInstanceKey: elementInstanceKey,
  processDefinitionKey: '2',
  kind: 'BPMN_ELEMENT',
  listenerEventType: 'UNSPECIFIED',
  bpmnProcessId: 'p',
  elementId: 'Ask',
  elementInstanceKey,
  headers: { agent },
  variables: { orderId: 'HP-1' },
  retries: 3,
  deadline: 0,
});
const signal = new AbortController().signal;

/** A run whose model has been asked and thinks. */
async function begun(asked: Job) {
  const before = thinking.length;
  const outcome = worker()(asked, signal);
  await expect.poll(() => thinking.length, { interval: 1, timeout: 10_000 }).toBe(before + 1);
  return {
    async end() {
      let over = false;
      const ended = outcome.finally(() => {
        over = true;
      });
      while (!over) {
        thinking.splice(0).forEach((answer) => {
          answer();
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
      return ended;
    },
  };
}

/** Version and system prompt of every time the model was asked. */
async function saidTo({ processInstanceKey }: Job) {
  const calls = await store.calls.list('acme', processInstanceKey);
  return calls
    .filter(({ kind }) => kind === 'model')
    .map(({ version, request }) => {
      const { messages } = request as JsonObject as { messages: { role: string; text: string }[] };
      return [version, messages[0]!.text];
    });
}

it('goes on as it began while the agent is updated; the next run is of the new version', async () => {
  await save('agent', 'updated', agentSaying('First.'));
  const running = job('updated');
  const run = await begun(running);
  await save('agent', 'updated', agentSaying('Second.'));
  expect(await run.end()).toMatchObject({ kind: 'complete' });
  expect(await saidTo(running)).toEqual([
    [1, 'First.'],
    [1, 'First.'],
  ]);

  const next = job('updated');
  await (await begun(next)).end();
  expect((await saidTo(next))[0]).toEqual([2, 'Second.']);
});

it('goes on while the agent and its tool are deleted; the next run is told that it is gone', async () => {
  const { id } = await save('agent', 'deleted', agentSaying('First.'));
  const running = job('deleted');
  const run = await begun(running);
  await store.resources.delete('acme', 'agent', id);
  expect(await run.end()).toMatchObject({ kind: 'complete' });
  expect(await saidTo(running)).toHaveLength(2);

  expect(await worker()(job('deleted'), signal)).toEqual({
    kind: 'fail',
    retries: 0,
    message: "AGENT_NOT_FOUND: Expected an agent 'deleted', but there is none",
  });
});

it('goes on as it began while somebody goes back to an older version', async () => {
  await save('agent', 'restored', agentSaying('First.'));
  await save('agent', 'restored', agentSaying('Second.'));
  const running = job('restored');
  const run = await begun(running);
  await save('agent', 'restored', agentSaying('First.'));
  await run.end();
  expect((await saidTo(running)).map(([version]) => version)).toEqual([2, 2]);

  const next = job('restored');
  await (await begun(next)).end();
  expect((await saidTo(next))[0]).toEqual([3, 'First.']);
});

it('has the version of the label it names, whatever is moved while it runs', async () => {
  const { id } = await save('agent', 'labelled', agentSaying('First.'));
  await store.resources.setLabel('acme', 'agent', id, 'production', 1);
  await save('agent', 'labelled', agentSaying('Second.'));
  const running = job('labelled@production');
  const run = await begun(running);
  await store.resources.setLabel('acme', 'agent', id, 'production', 2);
  await run.end();
  expect((await saidTo(running)).map(([version]) => version)).toEqual([1, 1]);

  const [moved, numbered] = [job('labelled@production'), job('labelled@1')];
  await (await begun(moved)).end();
  await (await begun(numbered)).end();
  expect([(await saidTo(moved))[0], (await saidTo(numbered))[0]]).toEqual([
    [2, 'Second.'],
    [1, 'First.'],
  ]);
  expect(await worker()(job('labelled@staging'), signal)).toMatchObject({
    message: "AGENT_NOT_FOUND: Expected an agent 'labelled@staging', but there is none",
  });
});

it('is taken up after a crash with the version it began with, though the label has moved', async () => {
  const { id } = await save('agent', 'crashed', agentSaying('First.'));
  await store.resources.setLabel('acme', 'agent', id, 'production', 1);
  const running = job('crashed@production');
  await (await begun(running)).end();
  await save('agent', 'crashed', agentSaying('Second.'));
  await store.resources.setLabel('acme', 'agent', id, 'production', 2);

  // The job is given out again: all it asked is on record, and no model thinks.
  expect(await worker()(running, signal)).toMatchObject({ kind: 'complete' });
  expect((await saidTo(running)).map(([version]) => version)).toEqual([1, 1]);
});

it('finds one version as one definition', async () => {
  await save('agent', 'kept', agentSaying('First.'));
  const catalog = agentCatalog(store.resources);
  const first = await catalog.agent('acme', 'kept', undefined);
  expect((await catalog.agent('acme', 'kept', 1))?.definition).toBe(first?.definition);
  await save('agent', 'kept', agentSaying('Second.'));
  expect((await catalog.agent('acme', 'kept', 1))?.definition).toBe(first?.definition);
  expect((await catalog.agent('acme', 'kept', undefined))?.definition.systemPrompt).toBe('Second.');
});

it('says which tools are gone of an older version, and asks no model', async () => {
  const { id } = await save('agent', 'toolless', {
    ...agentSaying('First.'),
    tools: ['order-lookup', 'gone'],
  });
  await store.resources.setLabel('acme', 'agent', id, 'production', 1);
  await save('agent', 'toolless', agentSaying('Second.'));
  expect(await worker()(job('toolless@production'), signal)).toEqual({
    kind: 'fail',
    retries: 0,
    message: "TOOL_NOT_FOUND: Expected every tool of agent 'toolless' to be there, but there is no 'gone'",
  });
  expect(thinking).toEqual([]);
});
