import { beforeAll, describe, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function conversationsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  describe('a conversation', () => {
    const key = { tenantId: 'talking', agentId: 'a1', id: 'c-1' };
    const said = [
      { role: 'user' as const, text: 'Hello' },
      { role: 'assistant' as const, text: 'Hi' },
    ];

    test('is one run’s at a time, and remembers what the last one kept', async () => {
      const { conversations } = store;
      expect(await conversations.take(key, 'run-1', 1_000, 2_000)).toEqual([]);
      expect(await conversations.take(key, 'run-2', 1_000, 2_000)).toBeUndefined();
      expect(await conversations.take(key, 'run-1', 1_000, 2_000)).toEqual([]);
      await conversations.keep(key, 'run-2', [{ role: 'user', text: 'Not mine' }], 90_000);
      await conversations.keep(key, 'run-1', said, 90_000);
      expect(await conversations.take(key, 'run-2', 1_500, 2_500)).toEqual(said);
      await conversations.release(key, 'run-1');
      expect(await conversations.take(key, 'run-3', 1_500, 2_500)).toBeUndefined();
      await conversations.release(key, 'run-2');
      expect(await conversations.take(key, 'run-3', 1_500, 2_500)).toEqual(said);
    });

    test('of fifty runs that want it at once is one’s', async () => {
      const race = { ...key, id: 'race' };
      const owners = Array.from({ length: 50 }, (_, index) => `run-${index}`);
      const taken = await Promise.all(
        owners.map((owner) => store.conversations.take(race, owner, 1_000, 2_000)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    test('of a run that never came back is free again, and one whose time is over is forgotten', async () => {
      const { conversations } = store;
      const lost = { ...key, id: 'lost' };
      await conversations.take(lost, 'run-1', 1_000, 2_000);
      await conversations.keep(lost, 'run-1', said, 10_000);
      await conversations.take(lost, 'run-2', 3_000, 4_000);
      expect(await conversations.take(lost, 'run-3', 3_999, 5_000)).toBeUndefined();
      expect(await conversations.take(lost, 'run-3', 4_000, 5_000)).toEqual(said);
      await conversations.release(lost, 'run-3');
      expect(await conversations.take(lost, 'run-4', 10_000, 11_000)).toEqual([]);
    });

    test('is nobody else’s: no other tenant, agent or conversation', async () => {
      const { conversations } = store;
      const own = { ...key, id: 'own/1' };
      await conversations.take(own, 'run-1', 1_000, 2_000);
      await conversations.keep(own, 'run-1', said, 90_000);
      for (const other of [
        { ...own, tenantId: 'other' },
        { ...own, agentId: 'a2' },
        { ...own, id: 'own/2' },
        { tenantId: own.tenantId, agentId: 'a1/own', id: '1' },
      ])
        expect(await conversations.take(other, 'run-2', 1_000, 2_000)).toEqual([]);
      expect(await conversations.take(own, 'run-3', 1_000, 2_000)).toEqual(said);
    });
  });
}
