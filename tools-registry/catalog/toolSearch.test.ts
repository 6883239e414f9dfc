import { describe, expect, it } from 'vitest';
import { type CatalogTool, type Embedder, readToolDefinition, type ToolOrigin } from '../contract/index.ts';
import type { KeptVectors, ToolSearchWorld } from './tenantTools.ts';
import { createToolSearch, type ToolSearchRequest } from './toolSearch.ts';

const everything = { limit: 50, offset: 0, sees: () => true };

function tool(name: string, description: string, more: Partial<CatalogTool> & { tags?: string[] } = {}) {
  const { tags = [], ...rest } = more;
  const origin: ToolOrigin = { kind: 'saved' };
  return {
    id: `id-${name}`,
    version: 1,
    origin,
    definition: readToolDefinition({ name, description, tags }),
    ...rest,
  } satisfies CatalogTool;
}

/** Meanings of this world: money, messages and weather. */
const topics = [
  ['refund', 'money', 'reimburse'],
  ['mail', 'message', 'letter'],
  ['weather', 'rain'],
];
function meaningModel() {
  const asked: string[] = [];
  const embedder: Embedder = {
    model: 'topics',
    dimensions: 4,
    async embed(texts) {
      asked.push(...texts);
      return texts.map((text) => {
        const vector = topics.map((words) =>
          words.some((word) => text.toLowerCase().includes(word)) ? 1 : 0,
        );
        const length = Math.hypot(...vector);
        return Float32Array.of(...vector.map((value) => (length > 0 ? value / length : 0)), 0);
      });
    },
  };
  return { embedder, asked };
}

function keptInMemory(): KeptVectors & { hashes(): string[] } {
  const kept = new Map<string, Int8Array>();
  return {
    hashes: () => [...kept.keys()],
    all: async () => [...kept].map(([hash, vector]) => ({ hash, vector })),
    async keep(_tenantId, _model, vectors) {
      for (const { hash, vector } of vectors) kept.set(hash, vector);
    },
    async delete(_tenantId, _model, hashes) {
      for (const hash of hashes) kept.delete(hash);
    },
  };
}

/** Tenants whose tools can be changed. */
function worldOf(tools: { [tenantId: string]: CatalogTool[] }, changes: Partial<ToolSearchWorld> = {}) {
  const failures: unknown[] = [];
  let clock = 0;
  const all = (tenantId: string) => tools[tenantId] ?? [];
  const source = (owns: (name: string) => boolean) => ({
    owns,
    list: async (tenantId: string) => all(tenantId).filter(({ definition }) => owns(definition.name)),
    get: async (tenantId: string, name: string) =>
      all(tenantId).find(({ definition }) => definition.name === name && owns(name)),
  });
  const search = createToolSearch({
    sources: [source((name) => !name.includes('.')), source((name) => name.includes('.'))],
    vectors: keptInMemory(),
    now: () => clock,
    failed: (error) => failures.push(error),
    ...changes,
  });
  const names = async (request: Partial<ToolSearchRequest> = {}, tenantId = 'acme') =>
    (await search.search(tenantId, { ...everything, ...request })).items.map(
      ({ tool: { definition } }) => definition.name,
    );
  return { search, names, failures, later: (ms: number) => (clock += ms), tools };
}

const shop = [
  tool('refund-order', 'Gives a customer the money of an order back', { tags: ['billing'] }),
  tool('send-letter', 'Posts a letter', { tags: ['mail', 'billing'] }),
  tool('rain-forecast', 'Will it be wet tomorrow'),
  tool('github.create_issue', 'Opens an issue in a repository', {
    origin: { kind: 'mcp', serverId: 's1', server: 'github', tool: 'create_issue' },
  }),
];

describe('without a question', () => {
  it('lists the tenant’s own tools and then others, by name, page by page, with their tags', async () => {
    const { search } = worldOf({ acme: shop });
    const page = await search.search('acme', { ...everything, limit: 2, offset: 1 });
    expect(page.items.map(({ tool, score }) => [tool.definition.name, score])).toEqual([
      ['refund-order', undefined],
      ['send-letter', undefined],
    ]);
    expect(page.total).toBe(4);
    expect(page.tags).toEqual([
      { tag: 'billing', count: 2 },
      { tag: 'mail', count: 1 },
    ]);
  });

  it('keeps to a tag, an origin, a server, a tenant, and to what who asks may know of', async () => {
    const { names } = worldOf({ acme: shop, globex: [tool('secret-plan', 'Of globex')] });
    expect(await names({ tag: 'billing' })).toEqual(['refund-order', 'send-letter']);
    expect(await names({ origin: 'mcp' })).toEqual(['github.create_issue']);
    expect(await names({ server: 'github' })).toEqual(['github.create_issue']);
    expect(await names({ server: 'gitlab' })).toEqual([]);
    expect(await names({ sees: (name) => name.startsWith('r') })).toEqual(['rain-forecast', 'refund-order']);
    expect(await names({ q: 'secret plan' })).toEqual([]);
    expect(await names({}, 'globex')).toEqual(['secret-plan']);
    expect(await names({}, 'unknown')).toEqual([]);
  });
});

describe('by words', () => {
  it('finds them in names however they are written, in descriptions, tags and inputs', async () => {
    const inputs = readToolDefinition({
      name: 'lookup',
      description: '',
      input: { properties: { postalCode: {} } },
    });
    const { names } = worldOf({ acme: [...shop, { ...tool('lookup', ''), definition: inputs }] });
    expect(await names({ q: 'createIssue' })).toEqual(['github.create_issue']);
    expect(await names({ q: 'customer' })).toEqual(['refund-order']);
    expect(await names({ q: 'billing' })).toEqual(['refund-order', 'send-letter']);
    expect(await names({ q: 'postal code' })).toEqual(['lookup']);
    expect(await names({ q: 'nothing of the kind' })).toEqual([]);
  });

  it('forgives a slip, and takes the beginning of a word', async () => {
    const { names } = worldOf({ acme: shop });
    expect(await names({ q: 'custommer' })).toEqual(['refund-order']);
    expect(await names({ q: 'fore' })).toEqual(['rain-forecast']);
  });

  it('puts the tool of that very name first', async () => {
    const { search } = worldOf({
      acme: [tool('mail-mail', 'mail mail mail'), tool('mail', 'One')],
    });
    const { items } = await search.search('acme', { ...everything, q: 'mail' });
    expect(items[0]).toMatchObject({ tool: { id: 'id-mail' }, score: 1 });
  });

  it('takes questions and descriptions of any alphabet and length, and names with signs of patterns', async () => {
    const { names } = worldOf({
      acme: [tool('haraimodoshi', '払い戻しをする'), tool('long', 'word '.repeat(100_000))],
    });
    expect(await names({ q: '払い戻しをする' })).toEqual(['haraimodoshi']);
    expect(await names({ q: '*(.+)[' })).toEqual([]);
    expect(await names({ q: '🚀' })).toEqual([]);
    expect(await names({ q: 'word' })).toEqual(['long']);
  });
});

describe('by meaning', () => {
  it('finds what is called otherwise, and ranks what has the words too before it', async () => {
    const { embedder } = meaningModel();
    const { search, names } = worldOf({ acme: shop }, { embedder });
    await search.ready('acme');
    expect(await names({ q: 'reimburse somebody' })).toEqual(['refund-order']);
    expect(await names({ q: 'message' })).toEqual(['send-letter']);
  });

  it('is found by words until the meanings are there', async () => {
    let answer = (_: Float32Array[]) => {};
    const embedder: Embedder = {
      model: 'slow',
      dimensions: 4,
      embed: () => new Promise((resolve) => (answer = resolve)),
    };
    const { names } = worldOf({ acme: shop }, { embedder });
    expect(await names({ q: 'reimburse' })).toEqual([]);
    expect(await names({ q: 'refund' })).toEqual(['refund-order']);
    answer([]);
  });

  it('goes by words where the model cannot be run', async () => {
    const embedder: Embedder = { model: 'none', dimensions: 4, embed: async () => undefined };
    const { search, names, failures } = worldOf({ acme: shop }, { embedder });
    await search.ready('acme');
    expect(await names({ q: 'refund' })).toEqual(['refund-order']);
    expect(failures).toEqual([]);
  });

  it('keeps what was computed: a tool that is the same is not computed again, one that is gone is forgotten', async () => {
    const vectors = keptInMemory();
    const first = meaningModel();
    await worldOf({ acme: shop }, { embedder: first.embedder, vectors }).search.ready('acme');
    expect(first.asked).toHaveLength(4);

    const second = meaningModel();
    const changed = [...shop.slice(1), tool('new-one', 'About the weather')];
    const { search, names } = worldOf({ acme: changed }, { embedder: second.embedder, vectors });
    await search.ready('acme');
    expect(second.asked).toEqual(['new one. About the weather']);
    expect(vectors.hashes()).toHaveLength(4);
    expect(await names({ q: 'weather' })).toContain('new-one');
  });

  it('does without what cannot be kept', async () => {
    const { embedder } = meaningModel();
    const broken = new Error('store is away');
    const vectors = { ...keptInMemory(), keep: async () => Promise.reject(broken) };
    const { search, names, failures } = worldOf({ acme: shop }, { embedder, vectors });
    await search.ready('acme');
    expect(failures).toEqual([broken]);
    expect(await names({ q: 'refund' })).toEqual(['refund-order']);
  });
});

describe('while tools change', () => {
  it('finds a tool that was saved, not one that was deleted, and one that was renamed by its new name', async () => {
    const { embedder } = meaningModel();
    const { search, names, tools } = worldOf({ acme: [...shop] }, { embedder });
    await search.ready('acme');

    tools.acme!.push(tool('umbrella', 'For the weather'));
    search.changed('acme', 'umbrella');
    expect((await names({ q: 'umbrella' }))[0]).toBe('umbrella');
    await search.ready('acme');
    expect(await names({ q: 'rain' })).toEqual(['rain-forecast', 'umbrella']);

    tools.acme = tools.acme!.filter(({ id }) => id !== 'id-umbrella');
    search.changed('acme', 'umbrella');
    expect(await names({ q: 'weather umbrella' })).toEqual(['rain-forecast']);

    tools.acme[0] = { ...tool('give-back', 'Money'), id: 'id-refund-order' };
    search.changed('acme', 'give-back');
    expect(await names()).toEqual(['give-back', 'rain-forecast', 'send-letter', 'github.create_issue']);
    expect(await names({ q: 'order' })).toEqual([]);
  });

  it('reads all tools of a server anew when they changed', async () => {
    const { search, names, tools } = worldOf({ acme: [...shop] });
    await names();
    tools.acme = [...shop.slice(0, 3), { ...shop[3]!, ...tool('github.close_issue', 'Closes'), id: 'new' }];
    search.changed('acme', 'github.');
    expect(await names({ q: 'issue' })).toEqual(['github.close_issue']);
  });

  it('reads everything anew when changes may have been missed, or could not be read', async () => {
    let away = false;
    const list = async () => (away ? Promise.reject(new Error('away')) : [...shop]);
    const source = { owns: () => true, list, get: async () => Promise.reject(new Error('away')) };
    const { search, names, failures } = worldOf({}, { sources: [source] });
    expect(await names()).toHaveLength(4);
    search.changed('acme', 'refund-order');
    expect(await names()).toHaveLength(4);
    expect(failures).toHaveLength(1);

    search.forgetAll();
    away = true;
    await expect(names()).rejects.toThrow('away');
    away = false;
    expect(await names()).toHaveLength(4);
  });

  it('gives a tenant up that nobody asks about', async () => {
    const { search, names, later, tools } = worldOf({ acme: [...shop], globex: [] });
    await names();
    tools.acme!.pop();
    later(31 * 60_000);
    await search.search('globex', everything);
    expect(await names()).toHaveLength(3);
  });
});
