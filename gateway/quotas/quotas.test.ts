import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok } from '@baton/engine/protocol';
import { type DocumentStore, openDocumentStore } from '@baton/infra/store';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { QuotaName } from '../api/index.ts';
import { defaultRates } from '../limits/rates.ts';
import { createTestClock, type TestClock } from '../test/testClock.ts';
import { ofPeriods } from './ports.ts';
import { createQuotas, type QuotaService, type QuotaWarning } from './quotas.ts';
import { createRequestMeter } from './requests.ts';

let folder: string;
let store: DocumentStore;
let clock: TestClock;
let tenants = 0;
let processes = 0;
let tenantId: string;
let limits: { [N in QuotaName]?: number };
let warnings: QuotaWarning[];
let active: number;
/** What runs have used by their records. */
let recorded: Map<string, { tokens: number; money: number }>;
let quotas: QuotaService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-quotas-'));
  clock = createTestClock();
  store = await openDocumentStore({
    uri: undefined,
    dataDirectory: folder,
    now: () => new Date(clock.now()),
  });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  tenantId = `tenant-${tenants++}`;
  limits = {};
  warnings = [];
  active = 0;
  recorded = new Map();
  quotas = open();
});

function open(): QuotaService {
  let ids = 0;
  const process = processes++;
  return createQuotas({
    ledger: store.ledger,
    tenantLimits: { of: async () => ({ rates: defaultRates, quotas: limits, admits: () => true }) },
    counted: async () => ({ workflows: 0, agents: 0, tools: 0, users: 0, storageBytes: 0 }),
    activeRuns: async () => ok(active),
    recorded: async (_, run) => recorded.get(run) ?? { tokens: 0, money: 0 },
    runsLooked: async () => {},
    now: clock.now,
    newId: () => `r${process}-${ids++}`,
    warn: async (_, warning) => void warnings.push(warning),
  });
}

async function use(name: QuotaName) {
  const { used, reserved } = (await quotas.usage(tenantId)).find((quota) => quota.name === name)!;
  return { used, reserved };
}

it('gives fifty calls at once no more than there is', async () => {
  limits = { tokensPerDay: 1_000 };
  const calls = await Promise.all(
    Array.from({ length: 50 }, () => quotas.reserve(tenantId, ofPeriods('tokens', 100))),
  );
  const given = calls.flatMap((call) => (call.ok ? [call.value] : []));
  const refused = calls.flatMap((call) => (call.ok ? [] : [call.failure]));
  await Promise.all(given.map((reservation) => reservation.settle(ofPeriods('tokens', 90))));

  expect([given.length, refused.length]).toEqual([10, 40]);
  expect(refused[0]).toMatchObject({
    code: 'QUOTA_EXCEEDED',
    details: { quota: 'tokensPerDay', limit: 1_000, used: 0, reserved: 1_000 },
  });
  expect(await use('tokensPerDay')).toEqual({ used: 900, reserved: 0 });
  expect(await use('tokensPerMonth')).toEqual({ used: 900, reserved: 0 });
});

it('never passes a limit by more than what was used beyond its reservation', async () => {
  const call = fc.record({
    reserve: fc.integer({ min: 0, max: 60 }),
    use: fc.integer({ min: 0, max: 60 }),
    end: fc.constantFrom('settle', 'release', 'twice'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 12 }), async (calls) => {
      tenantId = `tenant-${tenants++}`;
      limits = { moneyPerDay: 100 };
      let overrun = 0;
      let expected = 0;
      await Promise.all(
        calls.map(async ({ reserve, use, end }) => {
          const reserved = await quotas.reserve(tenantId, { moneyPerDay: reserve });
          if (!reserved.ok) return;
          if (end === 'release') return reserved.value.release();
          expected += use;
          overrun += Math.max(0, use - reserve);
          await reserved.value.settle({ moneyPerDay: use });
          if (end === 'twice') await reserved.value.settle({ moneyPerDay: use });
        }),
      );
      const { used, reserved } = await use('moneyPerDay');
      expect([used, reserved]).toEqual([expected, 0]);
      expect(used).toBeLessThanOrEqual(100 + overrun);
    }),
    { numRuns: 25 },
  );
});

it('reserves all or nothing', async () => {
  limits = { tokensPerDay: 100, moneyPerDay: 5 };
  const refused = await quotas.reserve(tenantId, { tokensPerDay: 50, moneyPerDay: 6 });

  expect(refused).toMatchObject({ ok: false, failure: { details: { quota: 'moneyPerDay' } } });
  expect(await use('tokensPerDay')).toEqual({ used: 0, reserved: 0 });
});

it('ends a reservation nobody settles', async () => {
  limits = { tokensPerDay: 100 };
  await quotas.reserve(tenantId, { tokensPerDay: 100 }, 1_000);
  const before = await quotas.reserve(tenantId, { tokensPerDay: 1 });
  clock.advance(1_000);
  const after = await quotas.reserve(tenantId, { tokensPerDay: 100 }, 1_000);

  expect([before.ok, after.ok]).toEqual([false, true]);
});

it('begins days and months anew, in UTC, and says when', async () => {
  limits = { tokensPerDay: 10, tokensPerMonth: 15 };
  clock.advance(Date.UTC(2031, 0, 30, 23, 59, 59) - clock.now());
  await quotas.count(tenantId, ofPeriods('tokens', 10));
  const refused = await quotas.reserve(tenantId, ofPeriods('tokens', 1));
  clock.advance(2_000);
  const nextDay = await quotas.reserve(tenantId, ofPeriods('tokens', 5));
  const wholeMonth = await quotas.reserve(tenantId, ofPeriods('tokens', 1));
  clock.advance(86_400_000);
  const nextMonth = await quotas.reserve(tenantId, ofPeriods('tokens', 10));

  expect(refused).toMatchObject({ failure: { details: { resetsAt: '2031-01-31T00:00:00.000Z' } } });
  expect([nextDay.ok, wholeMonth.ok, nextMonth.ok]).toEqual([true, false, true]);
});

it('warns once when four fifths are used, also when many come at once', async () => {
  limits = { tokensPerDay: 100 };
  await quotas.count(tenantId, { tokensPerDay: 79 });
  await Promise.all([1, 2, 3].map(() => quotas.count(tenantId, { tokensPerDay: 1 })));

  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatchObject({ quota: 'tokensPerDay', limit: 100 });
});

it('warns of requests that were made, not of those set aside in portions', async () => {
  limits = { requestsPerDay: 100 };
  const portion = await quotas.reserve(tenantId, ofPeriods('requests', 90));
  expect(warnings).toEqual([]);

  if (portion.ok) await portion.value.settle(ofPeriods('requests', 85));
  expect(warnings).toMatchObject([{ quota: 'requestsPerDay', used: 85 }]);
});

describe('what a run has used', () => {
  const call = fc.record({ tokens: fc.integer({ min: 0, max: 20 }) });
  const attempt = fc.record({
    calls: fc.array(call, { maxLength: 4 }),
    end: fc.constantFrom('ends', 'crashes'),
    /** ms until somebody goes on with it; reservations last 1,000. */
    after: fc.constantFrom(0, 500, 2_000),
    process: fc.nat(1),
  });

  it('is counted once, however often it crashed, paused and went on, and whoever looks meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(attempt, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        async (runs) => {
          tenantId = `tenant-${tenants++}`;
          recorded = new Map();
          const both = [quotas, open()];
          await Promise.all(
            runs.map(async (attempts, n) => {
              const run = `${tenantId}-${n}`;
              for (const { calls, end, after, process } of attempts) {
                const reserved = await both[process]!.reserve(tenantId, ofPeriods('tokens', 80), 1_000, run);
                if (!reserved.ok) throw new Error(reserved.failure.message);
                let settled = 0;
                for (const { tokens } of calls) {
                  const before = recorded.get(run)?.tokens ?? 0;
                  recorded.set(run, { tokens: before + tokens, money: 0 });
                  settled += tokens;
                  await Promise.resolve();
                }
                if (end === 'ends') await reserved.value.settle(ofPeriods('tokens', settled));
                clock.advance(after);
                if (after > 0) await both[1 - process]!.usage(tenantId);
              }
            }),
          );
          clock.advance(1_000);
          const total = [...recorded.values()].reduce((sum, { tokens }) => sum + tokens, 0);
          expect(await use('tokensPerDay')).toEqual({ used: total, reserved: 0 });
          expect(await use('tokensPerMonth')).toEqual({ used: total, reserved: 0 });
        },
      ),
      { numRuns: 10 },
    );
  });

  it('in an attempt that crashed makes room for the next one of the same run', async () => {
    limits = { tokensPerDay: 100 };
    const reserve = (run: string) => quotas.reserve(tenantId, ofPeriods('tokens', 80), 1_000, run);
    await reserve('crashed');
    recorded.set('crashed', { tokens: 15, money: 0 });
    const other = await reserve('other');
    const again = await reserve('crashed');

    expect(other).toMatchObject({ ok: false, failure: { details: { used: 0, reserved: 80 } } });
    expect(again.ok).toBe(true);
    expect(await use('tokensPerDay')).toEqual({ used: 15, reserved: 80 });
  });
});

describe('runs', () => {
  it('are those the engine has and those that were just started', async () => {
    limits = { concurrentRuns: 3 };
    active = 2;
    const first = await quotas.reserve(tenantId, { concurrentRuns: 1 });
    const second = await quotas.reserve(tenantId, { concurrentRuns: 1 });

    expect(first.ok).toBe(true);
    expect(second).toMatchObject({
      failure: { details: { quota: 'concurrentRuns', limit: 3, used: 2, reserved: 1 } },
    });
    expect(await use('concurrentRuns')).toEqual({ used: 2, reserved: 1 });
  });
});

describe('requests', () => {
  it('are counted to the last one, however many come at once', async () => {
    limits = { requestsPerDay: 120 };
    const meter = createRequestMeter(quotas, clock);
    const taken = await Promise.all(Array.from({ length: 200 }, async () => (await meter.take(tenantId)).ok));
    await meter.flush();

    expect(taken.filter(Boolean)).toHaveLength(120);
    expect(await use('requestsPerDay')).toEqual({ used: 120, reserved: 0 });
    await meter.close();
  });

  it('of two processes are never more than the limit, and none is lost', async () => {
    limits = { requestsPerDay: 1_000 };
    const meters = [createRequestMeter(quotas, clock), createRequestMeter(open(), clock)];
    const taken = await Promise.all(
      Array.from({ length: 900 }, async (_, n) => (await meters[n % 2]!.take(tenantId)).ok),
    );
    for (const meter of meters) await meter.close();

    expect(taken.every(Boolean)).toBe(true);
    expect(await use('requestsPerDay')).toEqual({ used: 900, reserved: 0 });
  });
});
