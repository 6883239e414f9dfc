import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function expiringSuite(under: UnderTest): void {
  let store: DocumentStore;
  let clock: { now: Date };
  beforeAll(() => {
    ({ store, clock } = under());
  });

  test('a session is gone the moment it expires; without an expiry it stays', async () => {
    const start = new Date('2026-03-01T09:00:00Z');
    clock.now = start;
    await store.expiring.put('Session', 's1', { 'a.b': 1 }, new Date(start.getTime() + 1000), { uid: 'u' });
    await store.expiring.put('Client', 'c1', { c: 1 }, undefined, {});
    expect(await store.expiring.get('Session', 's1')).toEqual({ 'a.b': 1 });
    expect(await store.expiring.findBy('Session', 'uid', 'u')).toEqual({ 'a.b': 1 });
    expect(await store.expiring.findBy('Grant', 'uid', 'u')).toBeUndefined();
    clock.now = new Date(start.getTime() + 1000);
    expect(await store.expiring.get('Session', 's1')).toBeUndefined();
    expect(await store.expiring.findBy('Session', 'uid', 'u')).toBeUndefined();
    expect(await store.expiring.get('Client', 'c1')).toEqual({ c: 1 });
  });

  test('revoking a grant removes all that came from it; putting again replaces', async () => {
    await store.expiring.put('AccessToken', 't1', { n: 1 }, undefined, { grantId: 'g1' });
    await store.expiring.put('RefreshToken', 't2', { n: 2 }, undefined, { grantId: 'g1' });
    await store.expiring.put('AccessToken', 't3', { n: 3 }, undefined, { grantId: 'g2' });
    await store.expiring.put('AccessToken', 't3', { n: 4 }, undefined, { grantId: 'g2' });
    await store.expiring.removeByGrant('g1');
    expect(await store.expiring.get('AccessToken', 't1')).toBeUndefined();
    expect(await store.expiring.get('RefreshToken', 't2')).toBeUndefined();
    expect(await store.expiring.get('AccessToken', 't3')).toEqual({ n: 4 });
    await store.expiring.remove('AccessToken', 't3');
    expect(await store.expiring.get('AccessToken', 't3')).toBeUndefined();
  });
}
