import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function limitsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('limits are nothing until set; what is set replaces its part, and no other tenant’s', async () => {
    const nothing = { granted: {}, own: {} };
    expect(await store.limits.get('limited')).toEqual({
      rates: nothing,
      quotas: nothing,
      allow: [],
      deny: [],
    });
    await Promise.all([
      store.limits.change('limited', { rates: { granted: { 'user.read': 9 } } }),
      store.limits.change('limited', { allow: ['10.0.0.0/8'] }),
    ]);
    await store.limits.change('limited', { rates: { own: { 'user.read': 4 } }, deny: ['10.1.0.0/16'] });
    expect(await store.limits.change('limited', {})).toEqual({
      rates: { granted: { 'user.read': 9 }, own: { 'user.read': 4 } },
      quotas: nothing,
      allow: ['10.0.0.0/8'],
      deny: ['10.1.0.0/16'],
    });
    expect((await store.limits.get('unlimited')).allow).toEqual([]);
  });
}
