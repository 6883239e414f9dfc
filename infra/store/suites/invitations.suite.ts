import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function invitationsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('of many who accept an invitation at once one does', async () => {
    const at = new Date('2026-03-01T09:00:00Z');
    const invitation = {
      id: 'i1',
      tenantId: 'inviting',
      email: 'ada@acme.example',
      roles: ['viewer'],
      expiresAt: new Date('2026-03-08T09:00:00Z'),
      createdAt: at,
      createdBy: 'sam',
    };
    await store.invitations.create(invitation, 'hash-1');
    await store.invitations.create({ ...invitation, id: 'i2', createdAt: new Date(0) }, 'hash-2');
    expect(await store.invitations.byToken('hash-1')).toEqual({ ...invitation, status: 'open' });
    expect(await store.invitations.byToken('other')).toBeUndefined();
    const week = 7 * 24 * 3_600_000;
    const open = (time: number) => store.invitations.countOpen('inviting', new Date(at.getTime() + time));
    expect([await open(0), await open(week)]).toEqual([2, 0]);
    const accept = (user: string) => store.invitations.change('inviting', 'i1', 'open', 'accepted', user);
    const accepted = await Promise.all(['a', 'b', 'c', 'd'].map(accept));
    expect(accepted.filter(Boolean)).toHaveLength(1);
    expect(await store.invitations.change('other', 'i2', 'open', 'revoked')).toBe(false);
    expect(await store.invitations.change('inviting', 'i2', 'open', 'revoked')).toBe(true);
    expect(await open(0)).toBe(0);
    const { items, total } = await store.invitations.list('inviting', { limit: 9, offset: 0 });
    expect([total, ...items.map(({ id, status }) => `${id} ${status}`)]).toEqual([
      2,
      'i1 accepted',
      'i2 revoked',
    ]);
    expect(await store.invitations.get('other', 'i1')).toBeUndefined();
  });
}
