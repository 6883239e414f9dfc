import type { BudgetGrant } from '@baton/engine/protocol';
import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function grantsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  const grant = (id: string, over: Partial<BudgetGrant> = {}): BudgetGrant => ({
    id,
    tenantId: 'giver',
    elementInstanceKey: '11',
    modelCalls: 5,
    toolCalls: 0,
    tokens: 10_000,
    cost: 0.25,
    duration: 60_000,
    by: 'Ada',
    at: 1_000,
    ...over,
  });

  test('grants are added once and found by whose limits they raise, oldest first', async () => {
    await store.grants.add(grant('second/half', { at: 2_000, modelCalls: 1 }));
    await store.grants.add(grant('first'));
    await store.grants.add(grant('first', { tokens: 99 }));
    await store.grants.add(grant('first', { tenantId: 'other', elementInstanceKey: '12' }));

    expect(await store.grants.ofElement('giver', '11')).toEqual([
      grant('first'),
      grant('second/half', { at: 2_000, modelCalls: 1 }),
    ]);
    expect(await store.grants.ofElement('other', '11')).toEqual([]);
    expect(await store.grants.ofElement('giver', '12')).toEqual([]);
  });
}
