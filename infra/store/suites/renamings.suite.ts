import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore, Renaming } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function renamingsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('a renaming that nobody ended is found once its time is over', async () => {
    const renaming = (id: string, minute: number): Renaming => ({
      id,
      tenantId: 'renaming',
      kind: 'agent',
      resourceId: 'a1',
      from: 'old',
      to: 'new',
      version: 3,
      author: 'ada',
      until: new Date(Date.UTC(2026, 0, 1, 9, minute)),
    });
    for (const each of [renaming('late', 5), renaming('early', 1), renaming('ended', 1)])
      await store.renamings.begin(each);
    await store.renamings.end('renaming', 'ended');
    await store.renamings.end('other', 'early');
    const left = (minute: number) => store.renamings.left(new Date(Date.UTC(2026, 0, 1, 9, minute)));
    expect(await left(1)).toEqual([]);
    expect(await left(5)).toEqual([renaming('early', 1)]);
    expect(await left(6)).toEqual([renaming('early', 1), renaming('late', 5)]);
  });
}
