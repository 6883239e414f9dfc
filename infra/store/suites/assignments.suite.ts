import { beforeAll, describe, expect, test } from 'vitest';
import type { Assignment, DocumentStore } from '../ports.ts';
import { page, type UnderTest } from './underTest.ts';

export function assignmentsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  describe('assignments', () => {
    const assigned = (id: string, over: Partial<Assignment> = {}): Assignment => ({
      id,
      tenantId: 'assigning',
      agentId: 'a1',
      taskId: 't1',
      taskVersion: 2,
      assignedAt: new Date(`2026-03-01T09:00:0${id.slice(-1)}Z`),
      assignedBy: 'ada',
      ...over,
    });

    test('of a hundred who assign one task to one agent at once, one does', async () => {
      const ids = Array.from({ length: 100 }, (_, index) => `race-${index}`);
      const made = await Promise.all(
        ids.map((id) => store.assignments.create(assigned(id, { tenantId: 'assigning-race' }))),
      );
      expect(made.filter(Boolean)).toHaveLength(1);
      const { items, total } = await store.assignments.ofAgent('assigning-race', 'a1', page);
      expect([total, items[0]?.id]).toEqual([1, ids[made.indexOf(true)]]);
    });

    test('they are read by agent and by task in the order they were made, each tenant its own', async () => {
      const all = [
        assigned('as1'),
        assigned('as2', { taskId: 't2' }),
        assigned('as3', { agentId: 'a2' }),
        assigned('as4', { tenantId: 'other' }),
      ];
      for (const each of all) expect(await store.assignments.create(each)).toBe(true);
      expect(await store.assignments.get('assigning', 'a1', 't1')).toEqual(all[0]);
      expect(await store.assignments.get('assigning', 'a2', 't2')).toBeUndefined();
      expect(await store.assignments.ofAgent('assigning', 'a1', page)).toEqual({
        items: [all[0], all[1]],
        total: 2,
      });
      expect(await store.assignments.ofTask('assigning', 't1', { limit: 1, offset: 1 })).toEqual({
        items: [all[2]],
        total: 2,
      });
      expect(await store.assignments.ofTask('assigning', 't1', { limit: 0, offset: 0 })).toEqual({
        items: [],
        total: 2,
      });
    });

    test('one is moved to another version, taken back, and made again as another', async () => {
      const first = assigned('mv1', { tenantId: 'moving' });
      await store.assignments.create(first);
      expect(await store.assignments.move('moving', 'a1', 't1', 3)).toEqual({ ...first, taskVersion: 3 });
      expect(await store.assignments.move('moving', 'a1', 't9', 3)).toBeUndefined();
      expect(await store.assignments.move('elsewhere', 'a1', 't1', 9)).toBeUndefined();
      expect(await store.assignments.delete('moving', 'a1', 't1', 'another')).toBeUndefined();
      expect(await store.assignments.delete('moving', 'a1', 't1')).toEqual({ ...first, taskVersion: 3 });
      expect(await store.assignments.delete('moving', 'a1', 't1')).toBeUndefined();
      const again = assigned('mv2', { tenantId: 'moving' });
      expect(await store.assignments.create(again)).toBe(true);
      expect((await store.assignments.ofAgent('moving', 'a1', page)).items).toEqual([again]);
    });
  });
}
