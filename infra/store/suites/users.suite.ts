import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function usersSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('users are saved, changed and found by id and by name', async () => {
    const user = {
      id: 'u1',
      username: 'ada',
      name: 'Ada',
      email: 'ada@acme.example',
      tenantId: 'acme',
      roles: ['designer'],
      enabled: true,
      passwordHash: 'salt:hash',
    };
    await store.identity.saveUser(user);
    await store.identity.saveUser({ ...user, roles: ['admin'] });
    expect(await store.identity.userByName('ada')).toEqual({ ...user, roles: ['admin'] });
    expect(await store.identity.user('u1')).toEqual({ ...user, roles: ['admin'] });
    expect(await store.identity.users()).toHaveLength(1);
    await expect(store.identity.saveUser({ ...user, id: 'u2' })).rejects.toThrow(/E11000|duplicate/i);
  });

  test('a user is made once, listed, changed and deleted by their own tenant only', async () => {
    const person = (id: string, username: string) => ({
      id,
      username,
      name: '',
      email: '',
      tenantId: 'people',
      roles: ['viewer'],
      enabled: true,
      passwordHash: '',
    });
    const [ben, amy] = [person('p1', 'ben'), person('p2', 'amy')];
    expect(await store.identity.createUser(ben)).toEqual({ ok: true });
    expect(await store.identity.createUser(amy)).toEqual({ ok: true });
    expect(await store.identity.createUser(person('p3', 'amy'))).toEqual({
      ok: false,
      failure: { code: 'ALREADY_EXISTS' },
    });
    expect(await store.identity.usersOf('people', { limit: 1, offset: 1 })).toEqual({
      items: [ben],
      total: 2,
    });
    expect(await store.identity.usersOf('other', { limit: 9, offset: 0 })).toEqual({ items: [], total: 0 });
    expect(await store.identity.changeUser('other', 'p1', { enabled: false })).toBe(false);
    expect(await store.identity.changeUser('people', 'p1', { enabled: false })).toBe(true);
    expect(await store.identity.user('p1')).toEqual({ ...ben, enabled: false });
    expect(await store.identity.deleteUser('other', 'p1')).toBe(false);
    expect(await store.identity.deleteUser('people', 'p1')).toBe(true);
    expect(await store.identity.user('p1')).toBeUndefined();
  });
}
