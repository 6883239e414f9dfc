import { beforeAll, describe, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function agentStopsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  describe('stopped agents', () => {
    const at = new Date('2026-03-01T09:00:00Z');
    const stop = { tenantId: 'stopping', agentId: 'triage', at, by: 'ada' };

    test('are stopped once, by who came first, in their tenant, until somebody starts them', async () => {
      const stopped = await Promise.all(Array.from({ length: 5 }, () => store.agentStops.stop(stop)));
      expect(stopped.filter(Boolean)).toEqual([true]);
      expect(await store.agentStops.stop({ ...stop, by: 'bob' })).toBe(false);
      expect(await store.agentStops.get('stopping', 'triage')).toEqual(stop);
      expect(await store.agentStops.get('stopping', 'other')).toBeUndefined();
      expect(await store.agentStops.get('elsewhere', 'triage')).toBeUndefined();
      expect(await store.agentStops.start('elsewhere', 'triage')).toBe(false);
      expect(await store.agentStops.start('stopping', 'triage')).toBe(true);
      expect(await store.agentStops.start('stopping', 'triage')).toBe(false);
      expect(await store.agentStops.get('stopping', 'triage')).toBeUndefined();
    });
  });
}
