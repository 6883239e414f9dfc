import { beforeAll, describe, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function repliesSuite(under: UnderTest): void {
  let store: DocumentStore;
  let clock: { now: Date };
  beforeAll(() => {
    ({ store, clock } = under());
  });

  describe('an answer kept to be given again', () => {
    const start = new Date('2026-03-02T09:00:00Z');
    const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
    const taken = (owner: string, fingerprint = 'f') => ({
      owner,
      fingerprint,
      leaseUntil: new Date(clock.now.getTime() + 60_000),
      expiresAt: new Date(clock.now.getTime() + 3_600_000),
    });
    const take = (key: string, owner: string, fingerprint?: string) =>
      store.replies.take('replies', key, taken(owner, fingerprint));

    test('is given to one of many who ask at once; the others are told that it is under way', async () => {
      clock.now = start;
      const all = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => take('race', owner)));
      expect(all.filter((each) => each.taken)).toHaveLength(1);
      expect(all.find((each) => !each.taken)).toEqual({
        taken: false,
        fingerprint: 'f',
        reply: undefined,
      });
      expect(await store.replies.take('elsewhere', 'race', taken('e'))).toEqual({ taken: true });
    });

    test('is the same until it expires', async () => {
      clock.now = start;
      await take('kept', 'a');
      await store.replies.keep('replies', 'kept', 'b', { not: 'mine' });
      await store.replies.keep('replies', 'kept', 'a', { status: 201, 'a.b': { $x: null } });
      await store.replies.release('replies', 'kept', 'a');
      clock.now = at(3_599);
      expect(await take('kept', 'b', 'other')).toEqual({
        taken: false,
        fingerprint: 'f',
        reply: { status: 201, 'a.b': { $x: null } },
      });
      clock.now = at(3_600);
      expect(await take('kept', 'b', 'other')).toEqual({ taken: true });
    });

    test('who gave up, or is gone, leaves the question to the next', async () => {
      clock.now = start;
      await take('given-up', 'a');
      await store.replies.release('replies', 'given-up', 'a');
      expect(await take('given-up', 'b')).toEqual({ taken: true });
      clock.now = at(60);
      const next = await Promise.all(['c', 'd'].map((owner) => take('given-up', owner)));
      expect(next.filter((each) => each.taken)).toHaveLength(1);
      await store.replies.keep('replies', 'given-up', 'b', { late: true });
      expect(await take('given-up', 'e')).toMatchObject({ taken: false, reply: undefined });
    });
  });
}
