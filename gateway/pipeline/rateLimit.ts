import { ok } from '@baton/engine/protocol';
import type { Window, Windows } from '@baton/infra/coordination';
import { countedAs } from '../limits/addresses.ts';
import { type Rates, rateClassOf, rateSpan } from '../limits/rates.ts';
import type { TenantLimitsSource } from '../limits/tenantLimits.ts';
import { refuse } from '../refusal.ts';
import type { Exchange, Stage } from './exchange.ts';

export interface RateLimitOptions {
  windows: Windows;
  tenantLimits: TenantLimitsSource;
  /** For who has no tenant. */
  installation: Rates;
  /** epoch ms. */
  now(): number;
}

/**
 * To the request: the n-th of a minute passes, the next is refused. Counted are the tenant and who asks, for each class of
 * rows; public rows by address. Without the service that counts, nobody passes.
 */
export function rateLimit({ windows, tenantLimits, installation, now }: RateLimitOptions): Stage {
  async function windowsOf({ row, address, principal, tenantId }: Exchange): Promise<Window[]> {
    const rateClass = rateClassOf(row);
    const span = rateSpan;
    if (!principal || tenantId === undefined) {
      const key = `-/address/${countedAs(address)}/${rateClass}`;
      return [{ key, limit: installation[`address.${rateClass}`], span }];
    }
    const tenant = encodeURIComponent(tenantId);
    const { rates } = await tenantLimits.of(tenantId);
    const kind = principal.kind === 'key' ? 'key' : 'user';
    return [
      { key: `${tenant}/tenant/${rateClass}`, limit: rates[`tenant.${rateClass}`], span },
      {
        key: `${tenant}/${kind}/${encodeURIComponent(principal.userId)}/${rateClass}`,
        limit: rates[`${kind}.${rateClass}`],
        span,
      },
    ];
  }

  return async (exchange) => {
    const taken = await windows.take(await windowsOf(exchange));
    if (!taken.ok) {
      return refuse(
        'LIMITS_UNAVAILABLE',
        'Expected to count this request, but the service that counts cannot be reached; try again in a moment',
        undefined,
        { 'Retry-After': '1' },
      );
    }
    const { allowed, limit, remaining, retryAfter, reset } = taken.value;
    exchange.answerHeaders['X-RateLimit-Limit'] = String(limit);
    exchange.answerHeaders['X-RateLimit-Remaining'] = String(remaining);
    exchange.answerHeaders['X-RateLimit-Reset'] = String(Math.ceil((now() + reset) / 1000));
    if (allowed) return ok();
    const seconds = Math.max(1, Math.ceil(retryAfter / 1000));
    return refuse(
      'RATE_LIMITED',
      `Expected at most ${limit} requests of this kind a minute, but this is one more; try again in ${seconds} s`,
      { limit, class: rateClassOf(exchange.row), retryAfter: seconds },
      { 'Retry-After': String(seconds) },
    );
  };
}
