import type { QuotaExceeded, RunSpending, Spending } from '@baton/engine/agents';
import { failed, ok } from '@baton/engine/protocol';
import { ofPeriods, type Quotas, type Refusal } from '@baton/gateway';

/** ms a reservation outlasts the run it is for. */
const grace = 60_000;
const millionths = 1_000_000;

/**
 * A tenant's quotas of tokens and money, for all its runs: one write as an attempt begins, one as it ends, none for a call. What
 * an attempt leaves that crashes is counted by its record.
 */
export function spendingOf(
  quotas: () => Pick<Quotas, 'reserve'>,
  notCounted: (err: unknown) => void,
): Spending {
  return {
    async reserve({ tenantId, elementInstanceKey }, { tokens, cost, duration }) {
      const amounts = {
        ...ofPeriods('tokens', Math.ceil(tokens)),
        ...ofPeriods('money', Math.ceil(cost * millionths)),
      };
      const reserved = await quotas().reserve(tenantId, amounts, duration + grace, elementInstanceKey);
      if (!reserved.ok) return failed(inWords(reserved.failure, { tokens, cost }));
      const used = { tokens: 0, cost: 0 };
      const spending: RunSpending = {
        settle(usage) {
          used.tokens += usage.inputTokens + usage.outputTokens;
          used.cost += usage.cost;
        },
        end: () =>
          reserved.value
            .settle({
              ...ofPeriods('tokens', used.tokens),
              ...ofPeriods('money', Math.round(used.cost * millionths)),
            })
            // Its record has it: the run has come to its end all the same.
            .catch(notCounted),
      };
      return ok(spending);
    },
  };
}

const names: { readonly [quota: string]: { what: string; period: string } } = {
  tokensPerDay: { what: 'tokens', period: 'day' },
  tokensPerMonth: { what: 'tokens', period: 'month' },
  moneyPerDay: { what: 'US dollars', period: 'day' },
  moneyPerMonth: { what: 'US dollars', period: 'month' },
};

/** As whoever looks at the incident reads it: what is the matter, until when, and what helps. */
function inWords(refusal: Refusal, most: { tokens: number; cost: number }): QuotaExceeded {
  const { quota, limit, used, reserved, resetsAt } = (refusal.details ?? {}) as {
    [name: string]: string & number;
  };
  const named = quota === undefined ? undefined : names[quota];
  if (!named || limit === undefined) return { code: 'QUOTA_EXCEEDED', message: refusal.message };
  const { what, period } = named;
  const money = what === 'US dollars';
  const shown = (amount: number) =>
    money
      ? (amount / millionths).toLocaleString('en', { maximumFractionDigits: 6 })
      : amount.toLocaleString('en');
  const needs = money ? most.cost * millionths : most.tokens;
  return {
    code: 'QUOTA_EXCEEDED',
    message:
      `Expected the tenant’s runs to use at most ${shown(limit)} ${what} a ${period}, but ${shown(used ?? 0)} are used` +
      `${reserved ? `, ${shown(reserved)} are kept for runs under way` : ''} and this run may use ${shown(needs)} more. ` +
      `An admin raises the quota ${quota}, or it begins anew at ${resetsAt}; then retry`,
  };
}
