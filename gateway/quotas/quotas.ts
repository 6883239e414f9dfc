import { failed, ok, type Result } from '@baton/engine/protocol';
import type { Ledger, LedgerStore, RunReservation } from '@baton/infra/store';
import { type CountedQuota, countedQuotas, type QuotaName, quotaNames } from '../api/index.ts';
import type { TenantLimitsSource } from '../limits/tenantLimits.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { accountOf, resetOf } from './accounts.ts';
import { ofPeriods, type QuotaAmounts, type Quotas, type Reservation } from './ports.ts';

/** A quota as a tenant sees it. */
export interface QuotaUse {
  name: QuotaName;
  /** In force; undefined = unlimited. */
  limit: number | undefined;
  used: number;
  reserved: number;
  /** epoch ms. */
  resetsAt: number | undefined;
}

export interface QuotaWarning {
  quota: QuotaName;
  limit: number;
  used: number;
}

export interface QuotaService extends Quotas {
  usage(tenantId: string): Promise<QuotaUse[]>;
}

/** Money in millionths of a US dollar. */
export interface RunUse {
  tokens: number;
  money: number;
}

export interface QuotaOptions {
  ledger: LedgerStore;
  tenantLimits: TenantLimitsSource;
  /** What the tenant really has; without what nobody can say at this moment. */
  counted(tenantId: string): Promise<{ readonly [N in CountedQuota]?: number }>;
  /** Runs of the tenant that the engine has now; refused while it cannot be asked. */
  activeRuns(tenantId: string): Promise<Result<number, Refusal>>;
  /** All that a run has used by its record. */
  recorded(tenantId: string, run: string): Promise<RunUse>;
  /** Resolves when runs are reserved no more that the engine lists. */
  runsLooked(): Promise<void>;
  now(): number;
  newId(): string;
  /** Once for each account, or period, that comes near its limit. */
  warn(tenantId: string, warning: QuotaWarning): Promise<void>;
}

/** ms after which a reservation ends: longer than any model call. */
const usualTime = 15 * 60_000;
/** ms between counts of what a tenant really has. */
const countEvery = 10 * 60_000;
/** ms beyond its time after which nobody ends a run's attempt any more. */
const forgottenAfter = 24 * 3_600_000;
/** Share of a limit at which it is warned of, and below which it may be warned of again. */
const warnAt = 0.8;
const calmAt = 0.6;
/** Tenants whose last count is remembered. */
const remembered = 10_000;

const ofRun = ({ tokens, money }: RunUse): QuotaAmounts => ({
  ...ofPeriods('tokens', tokens),
  ...ofPeriods('money', money),
});

type Names = readonly QuotaName[];

/** Quotas over the ledger: every reservation is one conditional update, so that no two processes give the same thing away. */
export function createQuotas(options: QuotaOptions): QuotaService {
  const { ledger, tenantLimits, now } = options;
  const countedAt = new Map<string, number>();

  /** Sets what the ledger has by what there really is, unless something is just being changed. */
  async function recount(tenantId: string): Promise<void> {
    const at = now();
    if (countedAt.size >= remembered) countedAt.clear();
    countedAt.set(tenantId, at);
    const { revision, accounts } = await ledger.get(tenantId);
    const real = await options.counted(tenantId);
    const resting = countedQuotas.filter((name) => !accounts.get(name)?.reserved);
    const current = new Set(quotaNames.map((name) => accountOf(name, at)));
    await ledger.correct(
      tenantId,
      revision,
      Object.fromEntries(resting.flatMap((name) => (real[name] === undefined ? [] : [[name, real[name]]]))),
      [...accounts.keys()].filter((account) => !current.has(account)),
    );
  }

  /** Counts anew what has not been counted for long. */
  async function keepCounted(tenantId: string, names: Names): Promise<void> {
    if (touchesCounted(names) && now() - (countedAt.get(tenantId) ?? 0) > countEvery) await recount(tenantId);
  }

  const touchesCounted = (names: Names) => names.some((name) => countedQuotas.includes(name as CountedQuota));

  async function warnAbout(tenantId: string, { accounts, warned }: Ledger, names: Names, base: QuotaAmounts) {
    const { quotas } = await tenantLimits.of(tenantId);
    for (const name of names) {
      const limit = quotas[name];
      if (limit === undefined) continue;
      const account = accountOf(name, now());
      const { used = 0, reserved = 0 } = accounts.get(account) ?? {};
      // Requests are set aside in portions far larger than what is under way.
      const underWay = name.startsWith('requests') ? 0 : reserved;
      const taken = used + underWay + (base[name] ?? 0);
      const before = warned.includes(account);
      if (taken >= warnAt * limit && !before) {
        if (await ledger.warn(tenantId, account)) {
          await options.warn(tenantId, { quota: name, limit, used: taken });
        }
      } else if (before && taken < calmAt * limit) await ledger.unwarn(tenantId, account);
    }
  }

  const toAccounts = (amounts: QuotaAmounts, at: number) =>
    Object.fromEntries(
      Object.entries(amounts).map(([name, amount]) => [accountOf(name as QuotaName, at), amount]),
    );

  /** Warns, and answers whether it was settled. */
  async function settledRun(
    tenantId: string,
    reservation: Pick<RunReservation, 'id' | 'amounts' | 'run'>,
    to: RunUse,
    goesOn: boolean,
  ): Promise<boolean> {
    const { tokens = 0, money = 0 } = reservation.run.counted;
    const used = ofRun({ tokens: to.tokens - tokens, money: to.money - money });
    const counted = goesOn ? { ...to } : undefined;
    const after = await ledger.settleRun(tenantId, reservation, toAccounts(used, now()), counted);
    if (after) await warnAbout(tenantId, after, Object.keys(used) as QuotaName[], {});
    return after !== undefined;
  }

  /** Counts by their records what attempts of a run left, and those of others whose time is over. */
  async function settleLeft(tenantId: string, key?: string, own?: string, seen?: Ledger): Promise<void> {
    const { runs } = seen ?? (await ledger.get(tenantId));
    for (const reservation of runs) {
      const { id, run, until, looked } = reservation;
      const over = now() - until.getTime();
      const mine = run.key === key && id !== own;
      if (!mine && (over < 0 || (seen && looked))) continue;
      const to = await options.recorded(tenantId, run.key);
      // Who went on beyond its time ends it itself: until then it stays, so that nothing is counted twice.
      if (mine || over > forgottenAfter) await endRun(tenantId, reservation, to);
      else if (!looked || to.tokens !== run.counted.tokens || to.money !== run.counted.money)
        await settledRun(tenantId, reservation, to, true);
    }
  }

  /** Ends an attempt of a run that has used so much in all. */
  async function endRun(tenantId: string, begun: RunReservation, to: RunUse): Promise<void> {
    for (let known: RunReservation | undefined = begun; known; ) {
      if (await settledRun(tenantId, known, to, false)) return;
      // Somebody counted by its record meanwhile.
      known = (await ledger.get(tenantId)).runs.find(({ id }) => id === begun.id);
    }
  }

  async function reserve(
    tenantId: string,
    amounts: QuotaAmounts,
    lasting: number,
    key: string | undefined,
    again = true,
  ): Promise<Result<Reservation, Refusal>> {
    const names = Object.keys(amounts) as QuotaName[];
    const at = now();
    await keepCounted(tenantId, names);
    const { quotas } = await tenantLimits.of(tenantId);
    const caps = Object.fromEntries(
      names.flatMap((name) => {
        const limit = quotas[name];
        return limit === undefined ? [] : [[accountOf(name, at), limit]];
      }),
    );
    const id = options.newId();
    const accounts = toAccounts(amounts, at);
    const run =
      key === undefined ? undefined : { key, counted: { ...(await options.recorded(tenantId, key)) } };
    const reservation = { id, until: new Date(at + lasting), amounts: accounts, run };
    const attempt = () => ledger.reserve(tenantId, reservation, caps);
    let reserved = await attempt();
    if (key !== undefined && !reserved.ok) {
      // An attempt of the same run that crashed may hold what this one needs.
      await settleLeft(tenantId, key);
      reserved = await attempt();
    } else if (reserved.ok) await settleLeft(tenantId, key, id, reserved.value);
    if (!reserved.ok && touchesCounted(names)) {
      await recount(tenantId);
      reserved = await attempt();
    }
    if (!reserved.ok) {
      const { account, used, reserved: held } = reserved.failure;
      const name = names.find((each) => accountOf(each, at) === account)!;
      return exceeded(name, quotas[name] ?? 0, used, held, at);
    }

    let open = true;
    const end = async (used: QuotaAmounts) => {
      if (!open) return;
      open = false;
      if (run) {
        const { tokensPerDay = 0, moneyPerDay = 0 } = used;
        const { tokens, money } = run.counted;
        const all = { tokens: tokens + tokensPerDay, money: money + moneyPerDay };
        return endRun(tenantId, { ...reservation, run, looked: false }, all);
      }
      const after = await ledger.settle(tenantId, id, accounts, toAccounts(used, at));
      await warnAbout(tenantId, after, Object.keys(used) as QuotaName[], {});
    };
    let active = 0;
    if (amounts.concurrentRuns && quotas.concurrentRuns !== undefined) {
      // Counted after the reservation: a run that is reserved no more is one the engine lists by now.
      const listed = await options.activeRuns(tenantId);
      if (!listed.ok) {
        await end({});
        return listed;
      }
      active = listed.value;
      const { reserved: held = 0 } = reserved.value.accounts.get('concurrentRuns') ?? {};
      if (active + held > quotas.concurrentRuns) {
        await end({});
        if (again) {
          // One that is listed may be reserved still.
          await options.runsLooked();
          return reserve(tenantId, amounts, lasting, key, false);
        }
        return exceeded('concurrentRuns', quotas.concurrentRuns, active, held - amounts.concurrentRuns, at);
      }
    }
    await warnAbout(tenantId, reserved.value, names, { concurrentRuns: active });
    return ok<Reservation>({ settle: end, release: () => end({}) });
  }

  async function room(
    tenantId: string,
    amounts: QuotaAmounts,
    besides: QuotaAmounts,
  ): Promise<Result<void, Refusal>> {
    const names = Object.keys(amounts) as QuotaName[];
    const at = now();
    await keepCounted(tenantId, names);
    const { quotas } = await tenantLimits.of(tenantId);
    async function lacking() {
      const { accounts } = await ledger.get(tenantId);
      for (const name of names) {
        const limit = quotas[name] ?? Number.POSITIVE_INFINITY;
        const { used = 0, reserved = 0 } = accounts.get(accountOf(name, at)) ?? {};
        const held = reserved + (besides[name] ?? 0);
        if (used + held + (amounts[name] ?? 0) > limit) return exceeded(name, limit, used, held, at);
      }
      return undefined;
    }
    const first = await lacking();
    if (!first || !touchesCounted(names)) return first ?? ok();
    await recount(tenantId);
    return (await lacking()) ?? ok();
  }

  return {
    room,
    reserve: (tenantId, amounts, lasting = usualTime, run) => reserve(tenantId, amounts, lasting, run),
    settleLeft: (tenantId, run) => settleLeft(tenantId, run),

    async count(tenantId, used) {
      const after = await ledger.add(tenantId, toAccounts(used, now()));
      await warnAbout(tenantId, after, Object.keys(used) as QuotaName[], {});
    },

    async usage(tenantId) {
      await settleLeft(tenantId);
      await recount(tenantId);
      const at = now();
      const [{ accounts }, { quotas }, active] = await Promise.all([
        ledger.get(tenantId),
        tenantLimits.of(tenantId),
        options.activeRuns(tenantId),
      ]);
      return quotaNames.map((name) => {
        const { used = 0, reserved = 0 } = accounts.get(accountOf(name, at)) ?? {};
        const running = name === 'concurrentRuns' && active.ok ? active.value : 0;
        return {
          name,
          limit: quotas[name],
          used: used + running,
          reserved,
          resetsAt: resetOf(name, at),
        };
      });
    },
  };
}

function exceeded(
  name: QuotaName,
  limit: number,
  used: number,
  reserved: number,
  now: number,
): Result<never, Refusal> {
  const resetsAt = resetOf(name, now);
  return failed(
    refuse(
      'QUOTA_EXCEEDED',
      `Expected at most ${limit} of the quota ${name}, but ${used + reserved} are used or reserved and this is more`,
      {
        quota: name,
        limit,
        used,
        reserved,
        ...(resetsAt === undefined ? {} : { resetsAt: new Date(resetsAt).toISOString() }),
      },
      resetsAt === undefined ? undefined : { 'Retry-After': String(Math.ceil((resetsAt - now) / 1000)) },
    ).failure,
  );
}
