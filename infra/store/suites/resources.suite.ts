import { beforeAll, expect, test } from 'vitest';
import { type DocumentStore, resourceKinds } from '../ports.ts';
import { created, page, saving, type UnderTest } from './underTest.ts';

export function resourcesSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('a designer saves a resource and reads back exactly what was saved', async () => {
    const content = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      properties: { 'a.b': { $ref: '#/x' }, 2: 'two', 1: 'one', ['__proto__']: null },
      emoji: '🦉',
    };
    const saved = await created(store, 'exact', 'a1', saving('triage', content, 'first'));
    expect(saved).toEqual({
      id: 'a1',
      kind: 'agent',
      tenantId: 'exact',
      name: 'triage',
      version: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      content,
      author: 'ada',
      message: 'first',
      savedAt: new Date('2026-03-01T09:00:00Z'),
      labels: [],
    });
    expect(await store.resources.get('exact', 'agent', 'a1')).toEqual(saved);
    expect(await store.resources.getByName('exact', 'agent', 'triage')).toEqual(saved);
  });

  test('heads of several kinds come by kind and name, without contents, in pages', async () => {
    for (const name of ['b', 'a']) {
      await created(store, 'heads', `n-${name}`, saving(name, { text: 'long' }), 'note');
      await created(
        store,
        'heads',
        `f-${name}`,
        { ...saving(name, {}), references: [`is/form/${name}`] },
        'form',
      );
    }
    await created(store, 'heads', 'p', saving('c', {}), 'prompt');
    await store.resources.delete('heads', 'note', 'n-a');
    const kinds = ['form', 'note'] as const;

    const { items, total } = await store.resources.heads('heads', kinds, page);
    expect(items.map(({ kind, name, references }) => [kind, name, references])).toEqual([
      ['form', 'a', ['is/form/a']],
      ['form', 'b', ['is/form/b']],
      ['note', 'b', []],
    ]);
    expect(total).toBe(3);
    expect(items.some((item) => 'content' in item)).toBe(false);
    expect(await store.resources.heads('heads', kinds, { limit: 2, offset: 1 })).toEqual({
      items: items.slice(1),
      total: 3,
    });
    expect(await store.resources.heads('others', kinds, page)).toEqual({ items: [], total: 0 });
  });

  test('each save is a version, listed newest first, and every version stays readable', async () => {
    const first = await created(store, 'versions', 'a1', saving('triage', { prompt: 1 }));
    const second = await store.resources.update(
      'versions',
      'agent',
      'a1',
      first.hash,
      saving('triage', { prompt: 2 }),
    );
    const hash = second.ok ? second.value.hash : '';
    await store.resources.update('versions', 'agent', 'a1', hash, saving('triage', { prompt: 3 }));

    const { items, total } = await store.resources.versions('versions', 'agent', 'a1', page);
    expect({ total, versions: items.map(({ version }) => version) }).toEqual({
      total: 3,
      versions: [3, 2, 1],
    });
    expect(
      (await store.resources.versions('versions', 'agent', 'a1', { limit: 1, offset: 1 })).items[0]?.version,
    ).toBe(2);
    expect(
      (await store.resources.versions('versions', 'agent', 'a1', { limit: 1, offset: 0 })).items[0]?.version,
    ).toBe(3);
    const prompts = [];
    for (const version of [1, 2, 3, 4])
      prompts.push((await store.resources.get('versions', 'agent', 'a1', version))?.content);
    expect(prompts).toEqual([{ prompt: 1 }, { prompt: 2 }, { prompt: 3 }, undefined]);
  });

  test('saving the same content again, members in any order, makes no version', async () => {
    const first = await created(store, 'same', 'a1', saving('triage', { a: 1, b: { c: 2, d: 3 } }));
    const again = await store.resources.update(
      'same',
      'agent',
      'a1',
      first.hash,
      saving('triage', { b: { d: 3, c: 2 }, a: 1 }),
    );
    expect(again).toEqual({ ok: true, value: first });
  });

  test('of two designers who save over the same version one is told what the other saved', async () => {
    const first = await created(store, 'race', 'a1', saving('triage', { prompt: 0 }));
    const results = await Promise.all(
      [1, 2, 3, 4].map((prompt) =>
        store.resources.update('race', 'agent', 'a1', first.hash, saving('triage', { prompt })),
      ),
    );
    const winners = results.filter(({ ok }) => ok);
    const latest = await store.resources.get('race', 'agent', 'a1');
    expect(winners).toEqual([{ ok: true, value: latest }]);
    expect(latest?.version).toBe(2);
    for (const result of results.filter(({ ok }) => !ok))
      expect(result).toEqual({ ok: false, failure: { code: 'VERSION_CONFLICT', latest } });
  });

  test('a name is taken once per tenant and kind, also by renaming', async () => {
    await created(store, 'names', 'a1', saving('triage', 1));
    const other = await created(store, 'names', 'a2', saving('lookup', 2));
    await created(store, 'names-elsewhere', 'a1', saving('triage', 1));
    const taken = { ok: false, failure: { code: 'ALREADY_EXISTS' } };
    expect(await store.resources.create('names', 'agent', 'a3', saving('triage', 3))).toEqual(taken);
    expect(await store.resources.create('names', 'agent', 'a1', saving('fresh', 3))).toEqual(taken);
    expect(await store.resources.update('names', 'agent', 'a2', other.hash, saving('triage', 2))).toEqual(
      taken,
    );
    expect(await store.resources.get('names', 'agent', 'a2')).toEqual(other);
    expect((await store.resources.create('names', 'tool', 'a3', saving('triage', 3))).ok).toBe(true);
  });

  test('after a deletion the name is free, and the versions that runs named stay', async () => {
    const first = await created(store, 'deleted', 'a1', saving('triage', 1));
    expect(await store.resources.delete('deleted', 'agent', 'a1')).toBe(true);
    expect(await store.resources.delete('deleted', 'agent', 'a1')).toBe(false);
    expect(await store.resources.get('deleted', 'agent', 'a1')).toBeUndefined();
    expect(await store.resources.getByName('deleted', 'agent', 'triage')).toBeUndefined();
    expect(await store.resources.list('deleted', 'agent', page)).toEqual({ items: [], total: 0 });
    expect(await store.resources.update('deleted', 'agent', 'a1', first.hash, saving('triage', 2))).toEqual({
      ok: false,
      failure: { code: 'NOT_FOUND' },
    });
    expect(await store.resources.get('deleted', 'agent', 'a1', 1)).toEqual(first);
    expect(await store.resources.getByName('deleted', 'agent', 'triage', 1)).toEqual(first);

    await created(store, 'deleted', 'a2', saving('triage', 'another'));
    expect((await store.resources.getByName('deleted', 'agent', 'triage'))?.id).toBe('a2');
    const revived = await created(store, 'deleted', 'a1', saving('revived', 'again'));
    expect(revived.version).toBe(2);
    expect(await store.resources.get('deleted', 'agent', 'a1', 1)).toEqual(first);
  });

  test('a list has the names in order, page by page, of one tenant and kind', async () => {
    for (const name of ['c', 'a', 'b']) await created(store, 'lists', name, saving(name, name));
    await store.resources.create('lists', 'tool', 't', saving('t', 't'));
    const first = await store.resources.list('lists', 'agent', { limit: 2, offset: 0 });
    const rest = await store.resources.list('lists', 'agent', { limit: 2, offset: 2 });
    expect([first.items, rest.items].map((items) => items.map(({ name }) => name))).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
    expect([first.total, rest.total]).toEqual([3, 3]);
  });

  test('a list is narrowed to names that have a text in them, read as it stands', async () => {
    for (const name of ['order-triage', 'triage', 'a.b', 'summary'])
      await created(store, 'searching', `s-${name.replace('.', '')}`, saving(name, 1));
    const named = async (search: string, limit = 50) => {
      const { items, total } = await store.resources.list('searching', 'agent', { limit, offset: 0, search });
      return { names: items.map(({ name }) => name), total };
    };
    expect(await named('triage')).toEqual({ names: ['order-triage', 'triage'], total: 2 });
    expect(await named('triage', 0)).toEqual({ names: [], total: 2 });
    expect(await named('.')).toEqual({ names: ['a.b'], total: 1 });
    expect(await named('.*')).toEqual({ names: [], total: 0 });
  });

  test('no tenant reaches what belongs to another', async () => {
    const saved = await created(store, 'own', 'a1', saving('triage', 1));
    expect(await store.resources.get('other', 'agent', 'a1')).toBeUndefined();
    expect(await store.resources.get('other', 'agent', 'a1', 1)).toBeUndefined();
    expect(await store.resources.delete('other', 'agent', 'a1')).toBe(false);
    expect((await store.resources.update('other', 'agent', 'a1', saved.hash, saving('x', 2))).ok).toBe(false);
    expect(await store.resources.get('own', 'agent', 'a1')).toEqual(saved);
  });

  test('what a tenant has is counted: resources that are there, bytes of every version ever saved', async () => {
    const none = Object.fromEntries(resourceKinds.map((kind) => [kind, 0]));
    expect(await store.resources.stored('counting')).toEqual({
      counts: { ...none },
      bytes: 0,
    });
    const first = await created(store, 'counting', 'a1', saving('one', { text: 'ä' }));
    await store.resources.update('counting', 'agent', 'a1', first.hash, saving('one', { text: 'bb' }));
    await created(store, 'counting', 'a2', saving('two', {}));
    await store.resources.delete('counting', 'agent', 'a2');
    const bytes = ['{"text":"ä"}', '{"text":"bb"}', '{}'].reduce(
      (sum, text) => sum + Buffer.byteLength(text),
      0,
    );
    expect(await store.resources.stored('counting')).toEqual({
      counts: { ...none, agent: 1 },
      bytes,
    });
  });

  test('what a version names can be said later, of the version that was read', async () => {
    const page = { limit: 10, offset: 0 };
    const save = { name: 'late', content: {}, author: 'ada', message: '', at: new Date(0) };
    const made = await store.resources.create('late', 'workflow', 'w', save);
    const { hash } = (made as { value: { hash: string } }).value;
    const users = async () =>
      (await store.resources.referring('late', undefined, 'tool/x', page)).items.map(({ id }) => id);
    expect(await store.resources.refer('late', 'workflow', 'w', 'another', ['tool/x'])).toBe(false);
    expect(await store.resources.refer('elsewhere', 'workflow', 'w', hash, ['tool/x'])).toBe(false);
    expect(await users()).toEqual([]);
    expect(await store.resources.refer('late', 'workflow', 'w', hash, ['tool/x'])).toBe(true);
    expect(await users()).toEqual(['w']);
    expect(await store.resources.get('late', 'workflow', 'w')).toMatchObject({ hash, version: 1 });
  });

  test('who refers to a thing is found by its latest version only, until it is deleted', async () => {
    const naming = (provider: string) => ({
      ...saving('triage', { provider }),
      references: [`provider/${provider}`],
    });
    const referring = async (provider: string) => {
      const { items, total } = await store.resources.referring('refs', 'agent', `provider/${provider}`, page);
      return [total, ...items.map(({ name }) => name)];
    };
    const first = await created(store, 'refs', 'a1', naming('cloud'));
    expect([await referring('cloud'), await referring('office')]).toEqual([[1, 'triage'], [0]]);
    await store.resources.update('refs', 'agent', 'a1', first.hash, naming('office'));
    expect([await referring('cloud'), await referring('office')]).toEqual([[0], [1, 'triage']]);
    expect(await store.resources.referring('refs', 'tool', 'provider/office', page)).toEqual({
      items: [],
      total: 0,
    });
    expect(await store.resources.referring('other', 'agent', 'provider/office', page)).toEqual({
      items: [],
      total: 0,
    });
    await store.resources.delete('refs', 'agent', 'a1');
    expect(await referring('office')).toEqual([0]);
  });

  test('an id of another tenant is told from one that is not there, and no more', async () => {
    await created(store, 'yours', 'elsewhere1', saving('mine', 1));
    expect(await store.resources.existsElsewhere('mine', 'agent', 'elsewhere1')).toBe(true);
    expect(await store.resources.existsElsewhere('yours', 'agent', 'elsewhere1')).toBe(false);
    expect(await store.resources.existsElsewhere('mine', 'tool', 'elsewhere1')).toBe(false);
    await store.resources.delete('yours', 'agent', 'elsewhere1');
    expect(await store.resources.existsElsewhere('mine', 'agent', 'elsewhere1')).toBe(false);
  });
}
