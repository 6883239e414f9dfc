import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore, Resource } from '../ports.ts';
import { created, page, saving, type UnderTest } from './underTest.ts';

export function labelsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  /** An agent `a1` with as many versions. */
  async function withVersions(tenant: string, count: number): Promise<Resource[]> {
    const all = [await created(store, tenant, 'a1', saving('triage', 1))];
    for (let content = 2; content <= count; content++) {
      const next = await store.resources.update(
        tenant,
        'agent',
        'a1',
        all.at(-1)!.hash,
        saving('triage', content),
      );
      if (!next.ok) throw new Error(next.failure.code);
      all.push(next.value);
    }
    return all;
  }
  const label = (tenant: string, name: string, version: number) =>
    store.resources.setLabel(tenant, 'agent', 'a1', name, version);

  test('a label is on one version, which is found by it, by id and by name', async () => {
    const [first, second, third] = await withVersions('labels', 3);
    expect(await label('labels', 'production', 1)).toEqual({
      ok: true,
      value: { version: 1, hash: first!.hash },
    });
    await label('labels', 'constructor', 1);
    expect(await label('labels', 'production', 2)).toEqual({
      ok: true,
      value: { version: 2, hash: second!.hash, before: { version: 1, hash: first!.hash } },
    });
    await label('labels', 'beta', 3);
    const byLabel = (name: string) => store.resources.get('labels', 'agent', 'a1', { label: name });
    expect(await byLabel('production')).toEqual({ ...second, labels: ['production'] });
    expect(await byLabel('beta')).toEqual({ ...third, labels: ['beta'] });
    expect(await byLabel('hasOwnProperty')).toBeUndefined();
    expect(await store.resources.getByName('labels', 'agent', 'triage', { label: 'constructor' })).toEqual({
      ...first,
      labels: ['constructor'],
    });
    const { items } = await store.resources.versions('labels', 'agent', 'a1', page);
    expect(items.map(({ labels }) => labels)).toEqual([['beta'], ['production'], ['constructor']]);
    expect(
      await store.resources.getByName('elsewhere', 'agent', 'triage', { label: 'beta' }),
    ).toBeUndefined();
  });

  test('a label is put on a version there is, by its own tenant, and on 32 at most', async () => {
    await withVersions('labels-few', 1);
    const versionNotFound = { ok: false, failure: { code: 'VERSION_NOT_FOUND' } };
    expect(await label('labels-few', 'production', 2)).toEqual(versionNotFound);
    expect(await label('labels-few', 'production', 0)).toEqual(versionNotFound);
    expect(await label('elsewhere', 'production', 1)).toEqual({ ok: false, failure: { code: 'NOT_FOUND' } });
    const names = Array.from({ length: 32 }, (_, n) => `l${n}`);
    expect((await Promise.all(names.map((name) => label('labels-few', name, 1)))).every(({ ok }) => ok)).toBe(
      true,
    );
    expect(await label('labels-few', 'more', 1)).toEqual({
      ok: false,
      failure: { code: 'TOO_MANY_LABELS', most: 32 },
    });
    expect((await label('labels-few', 'l7', 1)).ok).toBe(true);
  });

  test('a label taken away leaves the version, and labels go with their resource', async () => {
    const [first] = await withVersions('labels-gone', 2);
    await label('labels-gone', 'production', 1);
    const remove = (name: string) => store.resources.removeLabel('labels-gone', 'agent', 'a1', name);
    expect(await remove('production')).toEqual({ version: 1, hash: first!.hash });
    expect(await remove('production')).toBeUndefined();
    await label('labels-gone', 'production', 2);
    await store.resources.delete('labels-gone', 'agent', 'a1');
    expect(await remove('production')).toBeUndefined();
    const named = { label: 'production' };
    expect(await store.resources.get('labels-gone', 'agent', 'a1', named)).toBeUndefined();
    expect(await store.resources.getByName('labels-gone', 'agent', 'triage', named)).toBeUndefined();
    expect(await store.resources.get('labels-gone', 'agent', 'a1', 1)).toEqual(first);
    await created(store, 'labels-gone', 'a1', saving('triage', 3));
    expect(await store.resources.get('labels-gone', 'agent', 'a1', named)).toBeUndefined();
  });

  test('labels, drafts and saves at once lose nothing of each other', async () => {
    const [first] = await withVersions('labels-all', 1);
    const draft = { base: 1, name: 'triage', content: { d: 1 }, author: 'ben', at: new Date(0) };
    const results = await Promise.all([
      label('labels-all', 'production', 1),
      label('labels-all', 'beta', 1),
      store.resources.saveDraft('labels-all', 'agent', 'a1', first!.hash, draft),
      store.resources.update('labels-all', 'agent', 'a1', first!.hash, saving('triage', 2)),
    ]);
    const drafted = results[2];
    const latest = await store.resources.get('labels-all', 'agent', 'a1');
    expect([latest?.version, latest?.draft?.hash]).toEqual([2, drafted.ok ? drafted.value.hash : undefined]);
    expect((await store.resources.get('labels-all', 'agent', 'a1', 1))?.labels).toEqual([
      'beta',
      'production',
    ]);
  });
}
