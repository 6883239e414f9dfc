import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function preferencesSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });
  const settings = (size: number) => ({ settings: { 'editor.fontSize': size }, 'a.$b': [null] });

  test('preferences are empty until saved, and each member’s own in each tenant', async () => {
    const before = await store.preferences.get('liking', 'user:ada');
    expect(before.content).toEqual({});
    const saved = await store.preferences.put('liking', 'user:ada', settings(14), before.hash);
    expect(saved.ok && saved.value.content).toEqual(settings(14));
    expect((await store.preferences.get('liking', 'user:ada')).content).toEqual(settings(14));
    expect((await store.preferences.get('liking', 'user:bob')).content).toEqual({});
    expect((await store.preferences.get('disliking', 'user:ada')).content).toEqual({});
  });

  test('of two that change the same preferences one wins, and the other is told what there is', async () => {
    const { hash } = await store.preferences.get('liking', 'user:cy');
    const both = await Promise.all([
      store.preferences.put('liking', 'user:cy', settings(1), hash),
      store.preferences.put('liking', 'user:cy', settings(2), hash),
    ]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const winner = both.find(({ ok }) => ok);
    const loser = both.find(({ ok }) => !ok);
    expect(!loser!.ok && loser!.failure.latest).toEqual(winner!.ok && winner!.value);
  });

  test('the same again is saved already; without a hash whatever there is gives way', async () => {
    const { hash } = await store.preferences.get('liking', 'user:di');
    await store.preferences.put('liking', 'user:di', settings(3), hash);
    expect((await store.preferences.put('liking', 'user:di', settings(3), hash)).ok).toBe(true);
    expect((await store.preferences.put('liking', 'user:di', settings(4), hash)).ok).toBe(false);
    expect((await store.preferences.put('liking', 'user:di', settings(4), undefined)).ok).toBe(true);
    expect((await store.preferences.get('liking', 'user:di')).content).toEqual(settings(4));
  });
}
