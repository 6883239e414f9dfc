import { beforeAll, describe, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function claimsSuite(under: UnderTest): void {
  let store: DocumentStore;
  let clock: { now: Date };
  beforeAll(() => {
    ({ store, clock } = under());
  });

  describe('claims on names', () => {
    const claim = (id: string, side: 'naming' | 'ending', references: string[], ms = 30_000) => ({
      id,
      side,
      references,
      until: new Date(clock.now.getTime() + ms),
    });

    test('are seen by the other side, in this tenant, until they are taken back', async () => {
      await store.claims.claim('claiming', claim('c1', 'naming', ['tool/a', 'prompt/b']));
      expect(await store.claims.claimed('claiming', 'naming', ['tool/x', 'prompt/b', 'tool/a'])).toEqual([
        'prompt/b',
        'tool/a',
      ]);
      expect(await store.claims.claimed('claiming', 'ending', ['tool/a'])).toEqual([]);
      expect(await store.claims.claimed('claiming', 'naming', ['tool/a'], 'c1')).toEqual([]);
      expect(await store.claims.claimed('elsewhere', 'naming', ['tool/a'])).toEqual([]);
      await store.claims.release('elsewhere', 'c1');
      expect(await store.claims.claimed('claiming', 'naming', ['tool/a'])).toEqual(['tool/a']);
      await store.claims.release('claiming', 'c1');
      expect(await store.claims.claimed('claiming', 'naming', ['tool/a'])).toEqual([]);
    });

    test('of somebody who never came back end by themselves', async () => {
      await store.claims.claim('claiming-late', claim('c1', 'ending', ['tool/a'], 1_000));
      clock.now = new Date(clock.now.getTime() + 1_000);
      expect(await store.claims.claimed('claiming-late', 'ending', ['tool/a'])).toEqual([]);
    });

    test('of two sides that claim and then look, at least one sees the other', async () => {
      for (let round = 0; round < 10; round++) {
        const reference = [`tool/${round}`];
        const [named, ended] = await Promise.all([
          store.claims
            .claim('claiming-race', claim(`n${round}`, 'naming', reference))
            .then(() => store.claims.claimed('claiming-race', 'ending', reference)),
          store.claims
            .claim('claiming-race', claim(`e${round}`, 'ending', reference))
            .then(() => store.claims.claimed('claiming-race', 'naming', reference)),
        ]);
        expect([...named, ...ended]).not.toEqual([]);
      }
    });
  });
}
