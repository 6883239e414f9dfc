import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function rolesSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('a tenant’s own role is made once, changed by who has seen it, and deleted', async () => {
    const at = new Date('2026-03-01T09:00:00Z');
    const reviewer = { name: 'reviewer', description: '', permissions: ['instances:read'], at, by: 'ada' };
    const made = await store.roles.create('roles', reviewer);
    if (!made.ok) throw new Error(made.failure.code);
    expect(await store.roles.create('roles', reviewer)).toEqual({
      ok: false,
      failure: { code: 'ALREADY_EXISTS' },
    });
    const wider = { ...reviewer, permissions: ['instances:read', 'tools:read'] };
    const changed = await store.roles.update('roles', made.value.hash, wider);
    expect(changed).toMatchObject({ ok: true, value: { permissions: wider.permissions } });
    expect(await store.roles.update('roles', made.value.hash, reviewer)).toMatchObject({
      failure: { code: 'VERSION_CONFLICT', latest: { permissions: wider.permissions } },
    });
    expect(await store.roles.list('roles')).toEqual([await store.roles.get('roles', 'reviewer')]);
    expect(await store.roles.list('other')).toEqual([]);
    expect(await store.roles.delete('other', 'reviewer')).toBe(false);
    expect(await store.roles.delete('roles', 'reviewer')).toBe(true);
    expect(await store.roles.update('roles', made.value.hash, wider)).toEqual({
      ok: false,
      failure: { code: 'NOT_FOUND' },
    });
  });
}
