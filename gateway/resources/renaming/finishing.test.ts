import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentStore, openDocumentStore } from '@baton/infra/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent } from '../../test/bodies.ts';
import { startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { agents, prompts, renaming } = table;

let folder: string;
let store: DocumentStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-renaming-'));
  store = await openDocumentStore({ uri: undefined, dataDirectory: folder, now: () => new Date() });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** The store of a process that is killed with its nth write to documents: nothing of it arrives any more. */
function killedAt(nth: number) {
  let left = Number.POSITIVE_INFINITY;
  const dying = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const method = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...given: unknown[]) => {
          if ((name === 'update' || name === 'saveDraft') && left > 0) left -= 1;
          if (left <= 0) throw new Error('killed');
          return Reflect.apply(method, target, given);
        };
      },
    });
  const { resources, renamings, claims } = store;
  return {
    store: {
      ...store,
      resources: dying(resources),
      renamings: dying(renamings),
      claims: dying(claims),
    },
    arm() {
      left = nth;
    },
  };
}

async function as(tenant: string, running: Awaited<ReturnType<typeof startGateway>>): Promise<ApiClient> {
  await store.tenants.create({ id: tenant, name: tenant, at: new Date(0) });
  const token = await tokenMaker(store, running.gateway.issuer);
  return apiClient(running.url, await token({ tenant, roles: ['admin'] }));
}

/** A prompt with a draft, a prompt and an agent that name it, and a draft of the agent that does. */
async function named(api: ApiClient) {
  const tone = await api(prompts.create, { body: { name: 'tone', content: { text: 'Kindly.' } } });
  const house = await api(prompts.create, { body: { name: 'house', content: { text: '{{> tone}}' } } });
  const greeter = await api(agents.create, {
    body: { name: 'greeter', content: { ...agent, systemPrompt: '{{> tone}}' } },
  });
  const over = (hash: string) => ({ 'if-match': `"${hash}"` });
  await api(prompts.saveDraft, {
    params: { id: tone.body.id },
    headers: over(tone.body.hash),
    body: { base: 1, content: { text: 'Very kindly.' } },
  });
  await api(agents.saveDraft, {
    params: { id: greeter.body.id },
    headers: over(greeter.body.hash),
    body: { base: 1, content: { ...agent, systemPrompt: 'New: {{> tone}}' } },
  });
  return { tone: tone.body.id, house: house.body.id, greeter: greeter.body.id };
}

async function texts(api: ApiClient, ids: Awaited<ReturnType<typeof named>>) {
  const [tone, house, greeter] = [{ id: ids.tone }, { id: ids.house }, { id: ids.greeter }];
  const draft = (await api(agents.getDraft, { params: greeter })).body;
  const own = (await api(prompts.getDraft, { params: tone })).body;
  return {
    name: (await api(prompts.get, { params: tone })).body.name,
    ownDraft: [own.name, own.base],
    house: (await api(prompts.get, { params: house })).body.content.text,
    greeter: (await api(agents.get, { params: greeter })).body.content.systemPrompt,
    draft: [(draft.content as { systemPrompt: string }).systemPrompt, draft.base],
  };
}

describe.each([1, 2, 3, 4, 5])('a process that is killed at write %i of a renaming', (nth) => {
  it('leaves one that has not begun, or is finished at the next start', async () => {
    const { store: dying, arm } = killedAt(nth);
    const first = await startGateway({ store: dying });
    const tenant = `killed-${nth}`;
    const before = await as(tenant, first);
    const ids = await named(before);
    arm();
    const params = { kind: 'prompt', id: ids.tone } as const;
    expect((await before(renaming.rename, { params, body: { name: 'manner' } })).status).toBe(500);
    await first.stop();

    const second = await startGateway({ store, alone: true });
    try {
      await expect.poll(() => store.renamings.left(new Date(8.64e15))).toEqual([]);
      const called = nth === 1 ? 'tone' : 'manner';
      expect(await texts(await as(tenant, second), ids)).toEqual({
        name: called,
        ownDraft: [called, nth === 1 ? 1 : 2],
        house: `{{> ${called}}}`,
        greeter: `{{> ${called}}}`,
        draft: [`New: {{> ${called}}}`, nth === 1 ? 1 : 2],
      });
    } finally {
      await second.stop();
    }
  });
});

it('a renaming that another process is at work on is left to it until its time is over', async () => {
  const { store: dying, arm } = killedAt(2);
  const first = await startGateway({ store: dying });
  const api = await as('elsewhere', first);
  const ids = await named(api);
  arm();
  await api(renaming.rename, { params: { kind: 'prompt', id: ids.tone }, body: { name: 'manner' } });
  await first.stop();

  const second = await startGateway({ store });
  try {
    const there = await as('elsewhere', second);
    expect((await texts(there, ids)).house).toBe('{{> tone}}');
    second.clock.advance(61_000);
    await expect.poll(() => store.renamings.left(new Date(8.64e15))).toEqual([]);
    expect((await texts(there, ids)).house).toBe('{{> manner}}');
  } finally {
    await second.stop();
  }
});
