import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function ledgerSuite(under: UnderTest): void {
  let store: DocumentStore;
  let clock: { now: Date };
  beforeAll(() => {
    ({ store, clock } = under());
  });

  test('a ledger reserves all or nothing, never past a cap, whoever asks at once', async () => {
    const until = new Date(clock.now.getTime() + 3_600_000);
    const tries = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        store.ledger.reserve(
          'spender',
          { id: `r${n}`, until, amounts: { 'tokens@2026-03-01': 10, runs: 1 } },
          { 'tokens@2026-03-01': 100 },
        ),
      ),
    );
    expect(tries.filter(({ ok }) => ok)).toHaveLength(10);
    expect(tries.find(({ ok }) => !ok)).toEqual({
      ok: false,
      failure: { code: 'EXCEEDED', account: 'tokens@2026-03-01', used: 0, reserved: 100 },
    });
    expect((await store.ledger.get('spender')).accounts.get('runs')).toEqual({ used: 0, reserved: 10 });

    const kept = tries.flatMap(({ ok }, n) => (ok ? [`r${n}`] : []));
    await store.ledger.settle(
      'spender',
      kept[0]!,
      { 'tokens@2026-03-01': 10, runs: 1 },
      { 'tokens@2026-03-01': 7 },
    );
    await store.ledger.settle('spender', kept[1]!, { 'tokens@2026-03-01': 10, runs: 1 }, {});
    const { accounts } = await store.ledger.get('spender');
    expect(accounts.get('tokens@2026-03-01')).toEqual({ used: 7, reserved: 80 });
    expect(accounts.get('runs')).toEqual({ used: 0, reserved: 8 });
    expect((await store.ledger.get('saver')).accounts.size).toBe(0);
  });

  test('what is reserved ends with its time, and counts all the same when it was used after that', async () => {
    const amounts = { money: 60 };
    const past = { id: 'late', until: new Date(clock.now.getTime() - 1), amounts };
    const future = { id: 'next', until: new Date(clock.now.getTime() + 3_600_000), amounts };
    expect(await store.ledger.reserve('late', past, { money: 100 })).toMatchObject({ ok: true });
    expect(await store.ledger.reserve('late', future, { money: 100 })).toMatchObject({ ok: true });
    await store.ledger.settle('late', 'late', amounts, { money: 55 });
    expect((await store.ledger.get('late')).accounts.get('money')).toEqual({ used: 55, reserved: 60 });
  });

  test('a ledger is corrected by who has seen it, and warns once', async () => {
    await store.ledger.add('counted', { agents: 3, 'tokens@2026-01-01': 9 });
    const { revision } = await store.ledger.get('counted');
    await store.ledger.add('counted', { agents: -1 });
    expect(await store.ledger.correct('counted', revision, { agents: 7 }, [])).toBe(false);
    const seen = await store.ledger.get('counted');
    expect(await store.ledger.correct('counted', seen.revision, { agents: 7 }, ['tokens@2026-01-01'])).toBe(
      true,
    );
    expect([...(await store.ledger.get('counted')).accounts]).toEqual([['agents', { used: 7, reserved: 0 }]]);

    const firsts = await Promise.all([1, 2, 3].map(() => store.ledger.warn('counted', 'agents')));
    expect(firsts.filter(Boolean)).toHaveLength(1);
    await store.ledger.unwarn('counted', 'agents');
    expect(await store.ledger.warn('counted', 'agents')).toBe(true);
  });
}
