import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function tenantsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('a tenant is made once, renamed, suspended with a reason, let in again, deleted', async () => {
    const at = new Date('2026-03-01T09:00:00Z');
    const later = new Date('2026-03-02T09:00:00Z');
    const made = { id: 'acme', name: 'Acme', status: 'active', createdAt: at, changedAt: at };
    expect(await store.tenants.create({ id: 'acme', name: 'Acme', at })).toEqual({ ok: true, value: made });
    expect(await store.tenants.create({ id: 'acme', name: 'Other', at })).toEqual({
      ok: false,
      failure: { code: 'ALREADY_EXISTS' },
    });
    await store.tenants.create({ id: 'globex', name: 'Globex', at });
    expect(
      await store.tenants.update('acme', { status: 'suspended', statusReason: 'unpaid' }, later),
    ).toEqual({ ...made, status: 'suspended', statusReason: 'unpaid', changedAt: later });
    expect((await store.tenants.update('acme', { name: 'Acme Ltd' }, later))?.statusReason).toBe('unpaid');
    const active = { ...made, name: 'Acme Ltd', changedAt: later };
    expect(await store.tenants.update('acme', { status: 'active' }, later)).toEqual(active);
    expect(await store.tenants.get('acme')).toEqual(active);
    expect((await store.tenants.all()).map(({ id }) => id)).toEqual(['acme', 'globex']);
    expect(await store.tenants.list({ limit: 1, offset: 1 })).toMatchObject({
      items: [{ id: 'globex' }],
      total: 2,
    });
    expect(await store.tenants.update('none', { name: 'None' }, later)).toBeUndefined();
    expect([await store.tenants.delete('globex'), await store.tenants.delete('globex')]).toEqual([
      true,
      false,
    ]);
    expect(await store.tenants.get('globex')).toBeUndefined();
  });
}
