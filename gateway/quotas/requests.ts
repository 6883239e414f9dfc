import { ok, type Result } from '@baton/engine/protocol';
import type { Clock } from '../dependencies.ts';
import type { Refusal } from '../refusal.ts';
import { ofPeriods, type Quotas, type Reservation } from './ports.ts';

/** Counts requests against their quotas without asking the ledger for each. */
export interface RequestMeter {
  take(tenantId: string): Result<void, Refusal> | Promise<Result<void, Refusal>>;
  /** Tells the ledger what was counted. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Requests reserved at once; fewer when that is more than is left. */
const portions = [500, 50, 5, 1];
/** ms a portion is used before what was counted is settled and a new one reserved. */
const settleEvery = 5_000;
/** ms a portion lasts when this process ends without settling it. */
const lasting = 60_000;

interface Portion {
  reservation: Reservation;
  left: number;
  used: number;
}

/**
 * Reserves requests in portions and gives them out here: exact over all processes, for what is given out was reserved; near
 * its end a quota may be refused a little early, while another process holds the rest.
 */
export function createRequestMeter(quotas: Quotas, clock: Clock): RequestMeter {
  const portionsOf = new Map<string, Portion>();
  const asking = new Map<string, Promise<Result<void, Refusal>>>();
  const settling = new Set<Promise<void>>();
  let cancel = clock.after(settleEvery, tick);

  function settle({ reservation, used }: Portion): Promise<void> {
    const settled = reservation.settle(ofPeriods('requests', used));
    settling.add(settled);
    return settled.finally(() => settling.delete(settled));
  }

  async function reserve(tenantId: string): Promise<Result<void, Refusal>> {
    const spent = portionsOf.get(tenantId);
    portionsOf.delete(tenantId);
    if (spent) await settle(spent);
    let refused: Result<void, Refusal> = ok();
    for (const size of portions) {
      const reserved = await quotas.reserve(tenantId, ofPeriods('requests', size), lasting);
      if (reserved.ok) {
        portionsOf.set(tenantId, { reservation: reserved.value, left: size, used: 0 });
        return ok();
      }
      refused = reserved;
    }
    return refused;
  }

  function take(tenantId: string): Result<void, Refusal> | Promise<Result<void, Refusal>> {
    const portion = portionsOf.get(tenantId);
    if (portion && portion.left > 0) {
      portion.left--;
      portion.used++;
      return ok();
    }
    let reserving = asking.get(tenantId);
    if (!reserving) {
      reserving = reserve(tenantId).finally(() => asking.delete(tenantId));
      asking.set(tenantId, reserving);
    }
    return reserving.then((reserved) => (reserved.ok ? take(tenantId) : reserved));
  }

  async function flush(): Promise<void> {
    const open = [...portionsOf.values()];
    portionsOf.clear();
    await Promise.all([...open.map(settle), ...settling]);
  }

  function tick() {
    cancel = clock.after(settleEvery, tick);
    flush().catch(() => {
      // The ledger is away; what was reserved ends with its time, and requests are refused meanwhile.
    });
  }

  return {
    take,
    flush,
    async close() {
      cancel();
      await flush();
    },
  };
}
