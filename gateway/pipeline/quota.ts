import { ok } from '@baton/engine/protocol';
import type { RowQuota } from '../api/index.ts';
import type { QuotaAmounts, Quotas } from '../quotas/ports.ts';
import type { RequestMeter } from '../quotas/requests.ts';
import { listLag, type StartedRuns } from '../quotas/runs.ts';
import type { Exchange, Stage } from './exchange.ts';

export interface QuotaStageOptions {
  quotas: Quotas;
  requests: RequestMeter;
  runs: StartedRuns;
}

/** Every request of a tenant counts, but for those that lead out of a limit. */
export function requestQuota({ requests }: Pick<QuotaStageOptions, 'requests'>): Stage {
  return ({ row, tenantId }) =>
    tenantId === undefined || row.rate === 'auth' ? ok() : requests.take(tenantId);
}

/** Reserves what the row takes; when its handler is done, counts it or gives it back. */
export function quota({ quotas, runs }: Omit<QuotaStageOptions, 'requests'>): Stage {
  return async (exchange) => {
    const { row, tenantId } = exchange;
    if (!row.quota || tenantId === undefined) return ok();
    if ('returns' in row.quota) {
      const returned = { [row.quota.returns]: -1 };
      exchange.afterwards.push(async (result) => {
        if (result.ok) await quotas.count(tenantId, returned);
      });
      return ok();
    }
    const amounts = amountsOf(row.quota.takes, exchange);
    // A run stays reserved until the engine is sure to list it.
    const starts = amounts.concurrentRuns !== undefined;
    const reserved = await quotas.reserve(tenantId, amounts, starts ? 2 * listLag : undefined);
    if (!reserved.ok) return reserved;
    exchange.afterwards.push(async (result) => {
      if (!result.ok) await reserved.value.release();
      else if (starts) runs.started(tenantId, (result.value as { key: string }).key, reserved.value);
      else await reserved.value.settle(amounts);
    });
    return ok();
  };
}

function amountsOf(names: Extract<RowQuota, { takes: unknown }>['takes'], { body }: Exchange): QuotaAmounts {
  return Object.fromEntries(
    names.map((name) => [name, name === 'storageBytes' ? Buffer.byteLength(JSON.stringify(body)) : 1]),
  );
}
