import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredLedger } from '../models/ledger.ts';
import { naturalId } from '../naturalId.ts';
import type { Amounts, Ledger, LedgerStore } from '../ports.ts';

/** Times a step is tried again when others changed the ledger meanwhile. */
const attempts = 10;

export function ledgerStore({ ledgers }: Models, now: () => Date): LedgerStore {
  const owner = (tenantId: string) => ({ _id: naturalId(tenantId), tenantId });
  const read = (tenantId: string) => ledgers.findOne(owner(tenantId)).lean<StoredLedger>();

  async function ledgerOf(tenantId: string): Promise<StoredLedger> {
    const found = await read(tenantId);
    if (found) return found;
    try {
      await ledgers.create({ ...owner(tenantId), revision: 0, accounts: {}, reservations: {}, warned: [] });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return (await read(tenantId))!;
  }

  const open = (id: string) => ({
    [`reservations.${id}`]: { $exists: true },
    [`reservations.${id}.released`]: { $ne: true },
  });

  /** Adds in one step where the condition holds; answers the ledger after it. */
  async function change(tenantId: string, condition: object, update: object): Promise<StoredLedger | null> {
    return ledgers
      .findOneAndUpdate({ ...owner(tenantId), ...condition }, update, { returnDocument: 'after' })
      .lean<StoredLedger>();
  }

  async function releaseEnded(tenantId: string, { reservations = {} }: StoredLedger): Promise<boolean> {
    const ended = Object.entries(reservations).filter(
      ([, { until, released }]) => until <= now() && !released,
    );
    for (const [id, { amounts, run }] of ended) {
      await change(tenantId, open(id), {
        $inc: { revision: 1, ...less(amounts) },
        ...(run
          ? { $set: { [`reservations.${id}.released`]: true } }
          : { $unset: { [`reservations.${id}`]: 1 } }),
      });
    }
    return ended.length > 0;
  }

  return {
    async get(tenantId) {
      const found = await read(tenantId);
      if (!found) return { revision: 0, accounts: new Map(), warned: [], runs: [] };
      return toLedger((await releaseEnded(tenantId, found)) ? ((await read(tenantId)) ?? found) : found);
    },

    async reserve(tenantId, { id, until, amounts, run }, caps) {
      const condition = Object.fromEntries(
        Object.entries(amounts).flatMap(([account, amount]) => {
          const cap = caps[account];
          // An account that does not exist yet is none that is greater.
          return cap === undefined ? [] : [[`accounts.${account}.total`, { $not: { $gt: cap - amount } }]];
        }),
      );
      const larger = Object.entries(amounts).find(([account, amount]) => amount > (caps[account] ?? amount));
      for (let attempt = 0; attempt < attempts; attempt++) {
        const reserved =
          !larger &&
          (await change(tenantId, condition, {
            $inc: { revision: 1, ...more(amounts) },
            $set: { [`reservations.${id}`]: { until, amounts, ...(run && { run }) } },
          }));
        if (reserved) return { ok: true, value: toLedger(reserved) };
        const stored = await ledgerOf(tenantId);
        if (await releaseEnded(tenantId, stored)) continue;
        const { accounts } = toLedger(stored);
        for (const [account, amount] of Object.entries(amounts)) {
          const { used, reserved } = accounts.get(account) ?? { used: 0, reserved: 0 };
          if (used + reserved + amount > (caps[account] ?? Number.POSITIVE_INFINITY)) {
            return { ok: false, failure: { code: 'EXCEEDED', account, used, reserved } };
          }
        }
      }
      throw new Error(`Expected to reserve within ${attempts} attempts, but the ledger changed each time`);
    },

    async settle(tenantId, id, amounts, used) {
      const settled = await change(tenantId, open(id), {
        $inc: { revision: 1, ...sum(less(amounts), total(used)) },
        $unset: { [`reservations.${id}`]: 1 },
      });
      if (settled) return toLedger(settled);
      // It ended before; what was used counts all the same.
      return this.add(tenantId, used);
    },

    async settleRun(tenantId, { id, amounts, run }, used, counted) {
      const path = `reservations.${id}`;
      const as = Object.fromEntries(
        Object.entries(run.counted).map(([name, amount]) => [`${path}.run.counted.${name}`, amount]),
      );
      const then = counted
        ? { $set: { [`${path}.run.counted`]: counted, [`${path}.released`]: true, [`${path}.looked`]: true } }
        : { $unset: { [path]: 1 } };
      const settled =
        (await change(
          tenantId,
          { ...open(id), ...as },
          { $inc: { revision: 1, ...sum(less(amounts), total(used)) }, ...then },
        )) ??
        (await change(
          tenantId,
          { [`${path}.released`]: true, ...as },
          { $inc: { revision: 1, ...total(used) }, ...then },
        ));
      return settled ? toLedger(settled) : undefined;
    },

    async add(tenantId, used) {
      const update = { $inc: { revision: 1, ...total(used) } };
      const added = await change(tenantId, {}, update);
      if (added) return toLedger(added);
      await ledgerOf(tenantId);
      return toLedger((await change(tenantId, {}, update))!);
    },

    async correct(tenantId, revision, counted, forgotten) {
      const stored = await ledgerOf(tenantId);
      if (stored.revision !== revision) return false;
      const $set = Object.fromEntries(
        Object.entries(counted).map(([account, used]) => [
          `accounts.${account}.total`,
          used + (stored.accounts?.[account]?.reserved ?? 0),
        ]),
      );
      const $unset = Object.fromEntries(forgotten.map((account) => [`accounts.${account}`, 1]));
      const corrected = await change(
        tenantId,
        { revision },
        {
          $inc: { revision: 1 },
          ...(Object.keys($set).length > 0 && { $set }),
          ...(forgotten.length > 0 && { $unset, $pull: { warned: { $in: [...forgotten] } } }),
        },
      );
      return corrected !== null;
    },

    async warn(tenantId, account) {
      const first = await change(tenantId, { warned: { $ne: account } }, { $push: { warned: account } });
      return first !== null;
    },

    async unwarn(tenantId, account) {
      await change(tenantId, { warned: account }, { $pull: { warned: account } });
    },
  };
}

const fields = (amounts: Amounts, field: 'total' | 'reserved', sign: 1 | -1) =>
  Object.entries(amounts).map(
    ([account, amount]) => [`accounts.${account}.${field}`, sign * amount] as const,
  );

const total = (amounts: Amounts): Amounts => Object.fromEntries(fields(amounts, 'total', 1));
const more = (amounts: Amounts): Amounts =>
  Object.fromEntries([...fields(amounts, 'total', 1), ...fields(amounts, 'reserved', 1)]);
const less = (amounts: Amounts): Amounts =>
  Object.fromEntries([...fields(amounts, 'total', -1), ...fields(amounts, 'reserved', -1)]);

function sum(first: Amounts, second: Amounts): Amounts {
  const added = { ...first } as { [name: string]: number };
  for (const [name, amount] of Object.entries(second)) added[name] = (added[name] ?? 0) + amount;
  return added;
}

function toLedger({ revision, accounts = {}, warned = [], reservations = {} }: StoredLedger): Ledger {
  return {
    revision,
    warned,
    runs: Object.entries(reservations).flatMap(([id, { until, amounts, run, looked = false }]) =>
      run ? [{ id, run, until, amounts, looked }] : [],
    ),
    accounts: new Map(
      Object.entries(accounts).map(([account, { total = 0, reserved = 0 }]) => [
        account,
        { used: total - reserved, reserved },
      ]),
    ),
  };
}
