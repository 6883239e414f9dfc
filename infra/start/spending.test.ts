import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallOwner, Spending } from '@baton/engine/agents';
import { type CallUsage, ok } from '@baton/engine/protocol';
import { createQuotas } from '@baton/gateway';
import type { QuotaName } from '@baton/gateway/api';
import { type DocumentStore, openDocumentStore } from '@baton/infra/store';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { spendingOf } from './spending.ts';

let folder: string;
let store: DocumentStore;
let tenants = 0;
let tenantId: string;
let limits: { [N in QuotaName]?: number };
let spending: Spending;
/** Writes to the ledger. */
let writes: number;
const start = Date.UTC(2026, 2, 1, 9);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-spending-'));
  const now = () => new Date(start);
  store = await openDocumentStore({ uri: undefined, dataDirectory: folder, now });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  tenantId = `tenant-${tenants++}`;
  limits = {};
  writes = 0;
  let ids = 0;
  const { ledger } = store;
  const counting: typeof ledger = {
    ...ledger,
    reserve: (...args) => counted(ledger.reserve(...args)),
    settleRun: (...args) => counted(ledger.settleRun(...args)),
  };
  function counted<T>(done: T): T {
    writes += 1;
    return done;
  }
  const quotas = createQuotas({
    ledger: counting,
    tenantLimits: { of: async () => ({ rates: {} as never, quotas: limits, admits: () => true }) },
    counted: async () => ({ workflows: 0, agents: 0, tools: 0, users: 0, storageBytes: 0 }),
    recorded: async () => ({ tokens: 0, money: 0 }),
    activeRuns: async () => ok(0),
    runsLooked: async () => {},
    now: () => start,
    newId: () => `r${ids++}`,
    warn: async () => {},
  });
  spending = spendingOf(
    () => quotas,
    (err) => {
      throw err;
    },
  );
});

const owner = (n: number): CallOwner => ({
  tenantId,
  processInstanceKey: '1',
  elementInstanceKey: String(n),
  elementId: 'triage',
  jobKey: '3',
});
const usageOf = (tokens: number, cost = 0): CallUsage => ({ inputTokens: tokens, outputTokens: 0, cost });
const most = { tokens: 100, cost: 0.5, duration: 1_000 };

async function use(name: 'tokens' | 'money') {
  const { accounts } = await store.ledger.get(tenantId);
  return accounts.get(`${name}PerDay@2026-03-01`) ?? { used: 0, reserved: 0 };
}

it('fifty runs at once never use more than there is by more than one settled call', async () => {
  const call = fc.integer({ min: 1, max: 60 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 2_000 }),
      fc.array(fc.array(call, { minLength: 1, maxLength: 5 }), { minLength: 50, maxLength: 50 }),
      async (limit, runs) => {
        tenantId = `tenant-${tenants++}`;
        limits = { tokensPerDay: limit };
        let refused = 0;
        let greatest = 0;
        let expected = 0;
        await Promise.all(
          runs.map(async (calls, n) => {
            const begun = await spending.reserve(owner(n), most);
            if (!begun.ok) {
              refused += 1;
              return;
            }
            let left = most.tokens;
            for (const tokens of calls) {
              // A run's own budget refuses the next call once nothing is left of it.
              if (left <= 0) break;
              const used = Math.min(tokens, left);
              left -= used;
              expected += used;
              greatest = Math.max(greatest, used);
              begun.value.settle(usageOf(used));
              await Promise.resolve();
            }
            await begun.value.end();
          }),
        );
        const { used, reserved } = await use('tokens');
        expect([used, reserved]).toEqual([expected, 0]);
        expect(used).toBeLessThanOrEqual(limit + greatest);
        if (limit < most.tokens) expect(refused).toBe(50);
      },
    ),
    { numRuns: 5 },
  );
});

it('writes to the ledger as an attempt begins and as it ends, however many calls it makes', async () => {
  const begun = await spending.reserve(owner(1), most);
  if (!begun.ok) throw new Error(begun.failure.message);
  expect(await use('money')).toEqual({ used: 0, reserved: 500_000 });
  for (let n = 0; n < 100; n++) begun.value.settle(usageOf(1, 0.001));
  expect(writes).toBe(1);
  await begun.value.end();
  await begun.value.end();

  expect(writes).toBe(2);
  expect([await use('tokens'), await use('money')]).toEqual([
    { used: 100, reserved: 0 },
    { used: 100_000, reserved: 0 },
  ]);
});

it('says in words of who looks at it which quota is used up, until when, and what helps', async () => {
  limits = { tokensPerDay: 1_050, moneyPerMonth: 2_500_000 };
  const begun = await spending.reserve(owner(1), { ...most, tokens: 1_000 });
  expect(begun.ok).toBe(true);

  expect(await spending.reserve(owner(2), most)).toEqual({
    ok: false,
    failure: {
      code: 'QUOTA_EXCEEDED',
      message:
        'Expected the tenant’s runs to use at most 1,050 tokens a day, but 0 are used, 1,000 are kept for runs under way and this run may use 100 more. An admin raises the quota tokensPerDay, or it begins anew at 2026-03-02T00:00:00.000Z; then retry',
    },
  });
  limits = { moneyPerMonth: 2_500_000 };
  expect(await spending.reserve(owner(2), { ...most, cost: 2.25 })).toMatchObject({
    failure: {
      message: expect.stringContaining(
        'at most 2.5 US dollars a month, but 0 are used, 0.5 are kept for runs under way and this run may use 2.25 more',
      ),
    },
  });
});

it('lets a run come to its end while the ledger is away; its record is counted later', async () => {
  const away = new Error('no space left');
  const missed: unknown[] = [];
  const quotas = {
    reserve: async () => ok({ settle: () => Promise.reject(away), release: async () => {} }),
  };
  const begun = await spendingOf(
    () => quotas,
    (err) => void missed.push(err),
  ).reserve(owner(1), most);
  if (!begun.ok) throw new Error(begun.failure.message);
  await begun.value.end();

  expect(missed).toEqual([away]);
});
