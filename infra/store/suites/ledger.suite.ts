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

  test('a reservation of a run outlives its time until it is settled, and counts once', async () => {
    const amounts = { tokens: 60 };
    const run = { key: '11', counted: { tokens: 5 } };
    const past = { id: 'left', until: new Date(clock.now.getTime() - 1), amounts, run };
    const live = { id: 'live', until: new Date(clock.now.getTime() + 3_600_000), amounts };
    await store.ledger.reserve('runner', past, { tokens: 100 });
    const reserved = await store.ledger.reserve('runner', live, { tokens: 100 });
    expect(reserved.ok && reserved.value.runs).toEqual([{ ...past, looked: false }]);
    expect((await store.ledger.get('runner')).accounts.get('tokens')).toEqual({ used: 0, reserved: 60 });

    const once = async (from: number, to: number | undefined) => {
      const seen = { ...past, run: { key: '11', counted: { tokens: from } } };
      const settle = () =>
        store.ledger.settleRun('runner', seen, { tokens: 7 }, to === undefined ? undefined : { tokens: to });
      const settled = await Promise.all([settle(), settle(), settle()]);
      return settled.filter((each) => each !== undefined).length;
    };
    expect(await once(5, 12)).toBe(1);
    expect(await once(5, undefined)).toBe(0);
    const looked = { ...past, run: { key: '11', counted: { tokens: 12 } }, looked: true };
    expect((await store.ledger.get('runner')).runs).toEqual([looked]);
    expect(await once(12, undefined)).toBe(1);
    const after = await store.ledger.get('runner');
    expect([after.accounts.get('tokens'), after.runs]).toEqual([{ used: 14, reserved: 60 }, []]);

    const again = { ...past, id: 'again', until: live.until };
    await store.ledger.settle('runner', 'live', amounts, {});
    await store.ledger.reserve('runner', again, {});
    expect(await store.ledger.settleRun('runner', again, { tokens: 1 })).toBeDefined();
    expect((await store.ledger.get('runner')).accounts.get('tokens')).toEqual({ used: 15, reserved: 0 });
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
