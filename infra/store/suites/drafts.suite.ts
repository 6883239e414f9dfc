import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore, DraftRequest } from '../ports.ts';
import { created, page, saving, type UnderTest } from './underTest.ts';

const at = new Date('2026-03-01T10:00:00Z');

function drafting(content: unknown, base = 1, name = 'triage'): DraftRequest {
  return { base, name, content, author: 'ben', at };
}

export function draftsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  async function drafted(tenant: string, id: string, expectedHash: string, draft: DraftRequest) {
    const saved = await store.resources.saveDraft(tenant, 'agent', id, expectedHash, draft);
    if (!saved.ok) throw new Error(saved.failure.code);
    return saved.value;
  }

  test('a draft is kept as it was typed, beside the versions, and is read back exactly', async () => {
    const first = await created(store, 'draft', 'a1', saving('triage', { prompt: 1 }));
    expect(await store.resources.draft('draft', 'agent', 'a1')).toBeUndefined();
    const content = { prompt: null, $set: { 'a.b': '🦉' }, unfinished: [{}] };
    const draft = await drafted('draft', 'a1', first.hash, drafting(content, 1, 'Not A Name!'));
    expect(draft).toEqual({
      base: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      name: 'Not A Name!',
      content,
      updatedAt: at,
      updatedBy: 'ben',
    });
    expect(await store.resources.draft('draft', 'agent', 'a1')).toEqual(draft);
    const info = { base: 1, hash: draft.hash, updatedAt: at, updatedBy: 'ben' };
    expect(await store.resources.get('draft', 'agent', 'a1')).toEqual({ ...first, draft: info });
    expect((await store.resources.list('draft', 'agent', page)).items).toEqual([{ ...first, draft: info }]);
    expect(await store.resources.draft('elsewhere', 'agent', 'a1')).toBeUndefined();
    expect((await store.resources.saveDraft('elsewhere', 'agent', 'a1', first.hash, drafting(1))).ok).toBe(
      false,
    );
  });

  test('of two who change one draft at once one is told what the other typed', async () => {
    const first = await created(store, 'draft-race', 'a1', saving('triage', 0));
    const results = await Promise.all(
      [1, 2, 3, 4].map((content) =>
        store.resources.saveDraft('draft-race', 'agent', 'a1', first.hash, drafting({ content })),
      ),
    );
    const draft = await store.resources.draft('draft-race', 'agent', 'a1');
    const latest = await store.resources.get('draft-race', 'agent', 'a1');
    expect(results.filter(({ ok }) => ok)).toEqual([{ ok: true, value: draft }]);
    for (const result of results.filter(({ ok }) => !ok))
      expect(result).toEqual({ ok: false, failure: { code: 'VERSION_CONFLICT', latest, draft } });
  });

  test('a draft begins with a version there is', async () => {
    const { hash } = await created(store, 'draft-base', 'a1', saving('triage', 0));
    for (const base of [0, 2])
      expect(await store.resources.saveDraft('draft-base', 'agent', 'a1', hash, drafting({}, base))).toEqual({
        ok: false,
        failure: { code: 'VERSION_NOT_FOUND' },
      });
  });

  test('publishing makes the draft the next version in one step', async () => {
    const first = await created(store, 'publish', 'a1', saving('triage', { prompt: 1 }));
    const draft = await drafted('publish', 'a1', first.hash, drafting({ prompt: 2 }));
    const published = await store.resources.publish(
      'publish',
      'agent',
      'a1',
      draft.hash,
      saving('triage', { prompt: 2 }, 'better'),
    );
    expect(published).toMatchObject({ ok: true, value: { version: 2, message: 'better' } });
    expect(await store.resources.get('publish', 'agent', 'a1')).toEqual(published.ok && published.value);
    expect(await store.resources.draft('publish', 'agent', 'a1')).toBeUndefined();
    expect(await store.resources.get('publish', 'agent', 'a1', 1)).toEqual(first);
  });

  test('a draft like the latest version makes no version, and is done with', async () => {
    const first = await created(store, 'publish-same', 'a1', saving('triage', { a: 1, b: 2 }));
    const { hash } = await drafted('publish-same', 'a1', first.hash, drafting({ b: 2, a: 1 }));
    const same = saving('triage', { b: 2, a: 1 });
    expect(await store.resources.publish('publish-same', 'agent', 'a1', hash, same)).toEqual({
      ok: true,
      value: first,
    });
    expect(await store.resources.get('publish-same', 'agent', 'a1')).toEqual(first);
  });

  test('nobody publishes a draft they have not seen, nor over a version it does not begin with', async () => {
    const first = await created(store, 'publish-race', 'a1', saving('triage', 0));
    const draft = await drafted('publish-race', 'a1', first.hash, drafting({ mine: 1 }));
    const publish = (hash: string) =>
      store.resources.publish('publish-race', 'agent', 'a1', hash, saving('triage', { mine: 1 }));
    expect(await publish('stale')).toMatchObject({ ok: false, failure: { code: 'VERSION_CONFLICT', draft } });
    await store.resources.update('publish-race', 'agent', 'a1', first.hash, saving('triage', { theirs: 1 }));
    expect(await publish(draft.hash)).toMatchObject({
      ok: false,
      failure: { code: 'VERSION_CONFLICT', latest: { version: 2, content: { theirs: 1 } }, draft },
    });
    expect(await store.resources.draft('publish-race', 'agent', 'a1')).toEqual(draft);
    const merged = await drafted('publish-race', 'a1', draft.hash, drafting({ mine: 1 }, 2));
    expect(merged.hash).not.toBe(draft.hash);
    const all = await Promise.all([1, 2, 3].map(() => publish(merged.hash)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await store.resources.get('publish-race', 'agent', 'a1'))?.version).toBe(3);
  });

  test('publishing under a name that is taken changes nothing', async () => {
    const first = await created(store, 'publish-name', 'a1', saving('triage', 0));
    await created(store, 'publish-name', 'a2', saving('lookup', 0));
    const draft = await drafted('publish-name', 'a1', first.hash, drafting({}, 1, 'lookup'));
    expect(
      await store.resources.publish('publish-name', 'agent', 'a1', draft.hash, saving('lookup', {})),
    ).toEqual({ ok: false, failure: { code: 'ALREADY_EXISTS' } });
    expect(await store.resources.draft('publish-name', 'agent', 'a1')).toEqual(draft);
    expect((await store.resources.get('publish-name', 'agent', 'a1'))?.version).toBe(1);
  });

  test('a draft is thrown away by who has seen it, or whoever asks for whatever there is', async () => {
    const first = await created(store, 'discard', 'a1', saving('triage', 0));
    const discard = (hash?: string) => store.resources.discardDraft('discard', 'agent', 'a1', hash);
    expect(await discard()).toEqual({ ok: false, failure: { code: 'NOT_FOUND' } });
    const { hash } = await drafted('discard', 'a1', first.hash, drafting({}));
    expect(await discard('stale')).toMatchObject({ ok: false, failure: { code: 'VERSION_CONFLICT' } });
    expect(await discard(hash)).toEqual({ ok: true, value: undefined });
    expect(await store.resources.get('discard', 'agent', 'a1')).toEqual(first);
  });

  test('a draft goes with its resource and its bytes are counted until then', async () => {
    const first = await created(store, 'draft-gone', 'a1', saving('triage', 1));
    await drafted('draft-gone', 'a1', first.hash, drafting('ä'));
    expect((await store.resources.stored('draft-gone')).bytes).toBe(1 + Buffer.byteLength('"ä"'));
    await store.resources.delete('draft-gone', 'agent', 'a1');
    expect((await store.resources.stored('draft-gone')).bytes).toBe(1);
    expect(await store.resources.draft('draft-gone', 'agent', 'a1')).toBeUndefined();
    await created(store, 'draft-gone', 'a1', saving('triage', 2));
    expect(await store.resources.draft('draft-gone', 'agent', 'a1')).toBeUndefined();
  });
}
