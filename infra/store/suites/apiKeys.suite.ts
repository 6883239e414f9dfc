import { beforeAll, describe, expect, test } from 'vitest';
import type { ApiKeyRecord, DocumentStore } from '../ports.ts';
import { page, type UnderTest } from './underTest.ts';

export function apiKeysSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  describe('keys for programs', () => {
    const key = (id: string, over: Partial<ApiKeyRecord> = {}): ApiKeyRecord => ({
      id,
      tenantId: 'keys',
      name: 'ci',
      scopes: ['tools:read'],
      secrets: [{ hash: 'h1' }],
      createdBy: { id: 'u1', name: 'ada' },
      createdAt: 1_000,
      ...over,
    });

    test('are found by what a caller presents, and listed newest first in their tenant only', async () => {
      const [one, two] = [key('k1'), key('k2', { createdAt: 2_000, expiresAt: 9_000 })];
      for (const each of [one, two, key('k3', { tenantId: 'keys-elsewhere' })])
        await store.apiKeys.create(each);
      expect(await store.apiKeys.find('k2')).toEqual(two);
      expect(await store.apiKeys.find('none')).toBeUndefined();
      expect(await store.apiKeys.list('keys', page)).toEqual({ items: [two, one], total: 2 });
      expect(await store.apiKeys.get('keys', 'k3')).toBeUndefined();
      expect(await store.apiKeys.revoke('keys', 'k3', 1)).toBe(false);
      expect(await store.apiKeys.rotate('keys', 'k3', 'h1', [])).toBe(false);
      expect((await store.apiKeys.find('k3'))?.revokedAt).toBeUndefined();
      await expect(store.apiKeys.create(one)).rejects.toThrow(/E11000|duplicate/i);
    });

    test('have one newest secret: of two who replace it at once one is told no', async () => {
      await store.apiKeys.create(key('k4'));
      const secrets = (hash: string) => [{ hash }, { hash: 'h1', until: 5_000 }];
      const rotated = await Promise.all(
        ['h2', 'h3'].map((hash) => store.apiKeys.rotate('keys', 'k4', 'h1', secrets(hash))),
      );
      expect(rotated.filter(Boolean)).toHaveLength(1);
      expect((await store.apiKeys.get('keys', 'k4'))?.secrets).toEqual(secrets(rotated[0] ? 'h2' : 'h3'));
    });

    test('are revoked once and for all; their last use only moves on', async () => {
      await store.apiKeys.create(key('k5'));
      for (const at of [3_000, 2_000]) await store.apiKeys.used('keys', 'k5', at);
      expect(await store.apiKeys.revoke('keys', 'k5', 4_000)).toBe(true);
      expect(await store.apiKeys.revoke('keys', 'k5', 5_000)).toBe(true);
      expect(await store.apiKeys.find('k5')).toEqual(key('k5', { lastUsedAt: 3_000, revokedAt: 4_000 }));
      expect(await store.apiKeys.rotate('keys', 'k5', 'h1', [{ hash: 'h2' }])).toBe(false);
    });
  });
}
