import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function membersSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('a member is kept with their roles, and what was decided outlives what a token says', async () => {
    const at = new Date('2026-03-01T09:00:00Z');
    const ada = { userId: 'u1', username: 'ada', name: 'Ada', roles: ['designer'] };
    await Promise.all([store.members.note('members', ada), store.members.note('members', ada)]);
    expect(await store.members.get('members', 'u1')).toEqual({
      tenantId: 'members',
      ...ada,
      removed: false,
      changedAt: new Date(0),
      changedBy: '',
    });
    const decided = {
      tenantId: 'members',
      ...ada,
      roles: ['viewer', 'reviewer'],
      removed: false,
      changedAt: at,
      changedBy: 'sam',
    };
    await store.members.put(decided);
    await store.members.note('members', ada);
    expect(await store.members.get('members', 'u1')).toEqual(decided);
    const page = { limit: 50, offset: 0 };
    expect(await store.members.list('members', { role: 'reviewer' }, page)).toEqual({
      items: [decided],
      total: 1,
    });
    expect(await store.members.list('members', { role: 'designer' }, page)).toEqual({
      items: [],
      total: 0,
    });
    await store.members.put({ ...decided, removed: true });
    expect(await store.members.list('members', {}, page)).toEqual({ items: [], total: 0 });
    expect((await store.members.get('members', 'u1'))?.removed).toBe(true);
    expect(await store.members.get('other', 'u1')).toBeUndefined();
  });
}
