import { costOf, type ModelPrice } from '@baton/engine/llm';
import { type CallUsage, failed, ok, type Result } from '@baton/engine/protocol';
import type { AgentLimits } from './definitions.ts';
import type { BudgetExceeded, BudgetLimit } from './failures.ts';

/** What one run of an agent may spend: reserved before a model call, settled after it. */
export interface Budget {
  /** @param inputTokens about what the next call will be asked */
  reserve(inputTokens: number): Result<{ outputTokens: number }, BudgetExceeded>;
  settle(usage: CallUsage): void;
  /** All that is settled. */
  readonly used: CallUsage;
}

export interface BudgetOptions {
  limits: Pick<AgentLimits, 'maxModelCalls' | 'maxTokens' | 'maxCost'>;
  price: ModelPrice | undefined;
}

const million = 1_000_000;

const exceeded = (limit: BudgetLimit, most: string, but: string) =>
  failed<BudgetExceeded>({ code: 'BUDGET_EXCEEDED', limit, message: `Expected at most ${most}, but ${but}` });

export function createBudget({ limits, price }: BudgetOptions): Budget {
  const { maxModelCalls, maxTokens, maxCost } = limits;
  const used = { inputTokens: 0, outputTokens: 0, cost: 0 };
  let calls = 0;

  /** Tokens of output that what is left of the money pays for, after the input. */
  function affordable(inputTokens: number): number {
    if (maxCost === undefined) return Number.POSITIVE_INFINITY;
    const left = maxCost - used.cost - costOf(price, { inputTokens, outputTokens: 0 });
    const each = costOf(price, { inputTokens: 0, outputTokens: million }) / million;
    if (left < 0) return 0;
    return each > 0 ? Math.floor(left / each) : Number.POSITIVE_INFINITY;
  }

  return {
    used,
    reserve(inputTokens) {
      if (calls >= maxModelCalls)
        return exceeded('modelCalls', `${maxModelCalls} model calls`, 'the agent wants one more');
      const spent = used.inputTokens + used.outputTokens;
      if (spent + inputTokens >= maxTokens) {
        return exceeded(
          'tokens',
          `${maxTokens} tokens`,
          `${spent} are spent and the next call alone asks about ${inputTokens}`,
        );
      }
      const paid = affordable(inputTokens);
      if (paid < 1) {
        return exceeded(
          'cost',
          `${maxCost} US dollars`,
          `${used.cost.toFixed(6)} are spent and the rest does not pay for the next call`,
        );
      }
      calls += 1;
      return ok({ outputTokens: Math.min(maxTokens - spent - inputTokens, paid) });
    },
    settle({ inputTokens, outputTokens, cost }) {
      used.inputTokens += inputTokens;
      used.outputTokens += outputTokens;
      used.cost += cost;
    },
  };
}
