import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditRecord, DocumentStore } from '../ports.ts';
import { page, type UnderTest } from './underTest.ts';

export function auditSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  describe('the audit', () => {
    const entry = (id: string, over: Partial<AuditRecord> = {}): AuditRecord => ({
      id,
      tenantId: 'audit',
      actor: { kind: 'user', id: 'u1', name: 'ada' },
      action: 'agents.update',
      outcome: 'done',
      resource: { kind: 'agents', id: 'a1' },
      before: 'b'.repeat(64),
      after: 'c'.repeat(64),
      requestId: 'r1',
      traceId: 'd'.repeat(32),
      at: 1_000,
      ...over,
    });
    const idsOf = async (tenantId: string, filter = {}) =>
      (await store.audit.list(tenantId, filter, page)).items.map(({ id }) => id);

    test('keeps every entry as it was told, once, newest first, for its tenant', async () => {
      const refused: AuditRecord = {
        id: 'e2',
        tenantId: 'audit',
        actor: { kind: 'anonymous', id: '', name: '' },
        action: 'session.signIn',
        outcome: 'denied',
        errorCode: 'UNAUTHENTICATED',
        resource: { kind: 'session', id: '' },
        requestId: 'r2',
        at: 2_000,
      };
      const told = [entry('e1'), refused, entry('e1', { action: 'told.again' }), entry('e3', { at: 1_000 })];
      await Promise.all(told.map((each) => store.audit.append(each)));
      expect(await store.audit.list('audit', {}, page)).toEqual({
        items: [refused, entry('e3'), entry('e1')],
        total: 3,
      });
      expect(await store.audit.list('audit', {}, { limit: 1, offset: 1 })).toEqual({
        items: [entry('e3')],
        total: 3,
      });
      expect(await idsOf('other')).toEqual([]);
    });

    test('is searched by actor, action, resource and time', async () => {
      const tenantId = 'audit-search';
      for (const each of [
        entry('s1', { actor: { kind: 'key', id: 'k', name: 'ci' } }),
        entry('s2', { action: 'agents.create', at: 2_000 }),
        entry('s3', { resource: { kind: 'agents', id: 'a2' }, at: 3_000 }),
        entry('s4', { resource: { kind: 'tools', id: 'a1' }, at: 4_000 }),
      ])
        await store.audit.append({ ...each, tenantId });
      expect(await idsOf(tenantId, { actor: 'k' })).toEqual(['s1']);
      expect(await idsOf(tenantId, { action: 'agents.create' })).toEqual(['s2']);
      expect(await idsOf(tenantId, { resourceKind: 'agents' })).toEqual(['s3', 's2', 's1']);
      expect(await idsOf(tenantId, { resourceKind: 'agents', resourceId: 'a2' })).toEqual(['s3']);
      expect(await idsOf(tenantId, { from: 2_000, to: 4_000 })).toEqual(['s3', 's2']);
    });

    test('is searched by what it says, literally, and by how it ended', async () => {
      const tenantId = 'audit-text';
      for (const each of [
        entry('t1', { actor: { kind: 'key', id: 'k', name: 'CI (nightly)' }, errorCode: 'NOT_FOUND' }),
        entry('t2', { action: 'roles.create', outcome: 'denied', at: 2_000 }),
        entry('t3', { resource: { kind: 'tools', id: 'c++' }, requestId: 'req-9', at: 3_000 }),
        entry('t4', {
          actor: { kind: 'user', id: 'u9', name: 'ada', names: ['Ada Lovelace', 'ada@acme.example'] },
          resource: { kind: 'agents', id: 'a9', names: ['new-name', 'old-name'] },
          at: 4_000,
        }),
      ])
        await store.audit.append({ ...each, tenantId });
      const found = (text: string) => idsOf(tenantId, { text });
      expect(await found('ci (NIGHT')).toEqual(['t1']);
      expect(await found('not_found')).toEqual(['t1']);
      expect(await found('Roles.')).toEqual(['t2']);
      expect(await found('c++')).toEqual(['t3']);
      expect(await found('EQ-9')).toEqual(['t3']);
      expect(await found('.*')).toEqual([]);
      expect(await found('ADA@acme')).toEqual(['t4']);
      expect(await found('old-name')).toEqual(['t4']);
      expect(await idsOf(tenantId, { outcome: 'denied' })).toEqual(['t2']);
    });

    test('is searched as deep as is asked for, and says from where it goes on, until all is looked through', async () => {
      const tenantId = 'audit-depth';
      // Every third is wanted, and two are of the same moment.
      for (let n = 0; n < 20; n++)
        await store.audit.append(
          entry(`d${n}`, { tenantId, action: n % 3 === 0 ? 'wanted' : 'other', at: 1_000 + 10 * (n >> 1) }),
        );
      const all = await idsOf(tenantId, { text: 'wanted' });
      expect(all).toEqual(['d18', 'd15', 'd12', 'd9', 'd6', 'd3', 'd0']);
      for (const depth of [1, 2, 3, 7, 19, 20, 21]) {
        const found: string[] = [];
        for (let to: number | undefined; ; ) {
          const filter = { text: 'wanted', ...(to !== undefined && { to }) };
          const { items, total, lookedBackTo } = await store.audit.list(tenantId, filter, page, depth);
          expect(total).toBe(items.length);
          found.push(...items.map(({ id }) => id));
          if (lookedBackTo === undefined) break;
          expect(lookedBackTo).toBeLessThan(to ?? 2_000);
          to = lookedBackTo;
        }
        expect(found).toEqual(all);
      }
      const within = { text: 'wanted', from: 1_050 };
      expect(await store.audit.list(tenantId, within, page, 10)).toMatchObject({ total: 3 });
      expect(await store.audit.list(tenantId, within, page, 10)).not.toHaveProperty('lookedBackTo');
      expect(await store.audit.list(tenantId, {}, page, 1)).toMatchObject({ total: 20 });
    });

    test('has one entry by its id, for its tenant only', async () => {
      const told = entry('g1', { tenantId: 'audit-get' });
      await store.audit.append(told);
      expect(await store.audit.get('audit-get', 'g1')).toEqual(told);
      expect(await store.audit.get('audit', 'g1')).toBeUndefined();
    });

    test('an act that nobody came back from is told, once it is old enough', async () => {
      const tenantId = 'audit-begun';
      const [lost, ended, fresh] = ['b1', 'b2', 'b3'].map((id, i) => entry(id, { tenantId, at: 100 + i }));
      await Promise.all([lost, ended, fresh].map((each) => store.audit.begin(each!)));
      await store.audit.append({ ...ended!, at: 200 });
      expect(await store.audit.recover(102)).toBe(1);
      expect(await store.audit.recover(102)).toBe(0);
      expect((await store.audit.list(tenantId, {}, page)).items).toEqual([
        { ...ended, at: 200 },
        { ...lost, outcome: 'unknown' },
      ]);
      // Its maker was only slow: what was said about it stays said.
      await store.audit.append({ ...lost!, outcome: 'done' });
      expect(await idsOf(tenantId)).toEqual(['b2', 'b1']);
      expect(await store.audit.recover(103)).toBe(1);
    });
  });
}
