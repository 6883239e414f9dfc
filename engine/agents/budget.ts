import type { ModelPrice } from '@baton/engine/llm';
import { costOf } from '@baton/engine/llm/price';
import { type BudgetGrant, type CallUsage, failed, ok, type Result } from '@baton/engine/protocol';
import type { AgentLimits } from './definitions.ts';
import type { BudgetExceeded, BudgetLimit } from './failures.ts';
import type { Candidate } from './preparedRun.ts';

/** What one run of an agent may spend: reserved before an act, settled after it. */
export interface Budget {
  /** @param next about what the next call of a model will be asked, and what that model costs */
  reserve(next: {
    inputTokens: number;
    price: ModelPrice | undefined;
  }): Result<{ outputTokens: number }, BudgetExceeded>;
  /** A call of a model that was reserved before a crash, and is taken from the record. */
  repeated(): void;
  /** A call came to nothing and another model is asked instead: what it used stays used, but it was no call. */
  replaced(): void;
  settle(usage: CallUsage): void;
  /** All calls of tools in one answer, before the first is made. */
  reserveTools(calls: number): Result<void, BudgetExceeded>;
  /** All that is settled. */
  readonly used: CallUsage;
}

export type BudgetLimits = Pick<AgentLimits, 'maxModelCalls' | 'maxToolCalls' | 'maxTokens' | 'maxCost'>;

const million = 1_000_000;

const exceeded = (limit: BudgetLimit, most: string, but: string) =>
  failed<BudgetExceeded>({ code: 'BUDGET_EXCEEDED', limit, message: `Expected at most ${most}, but ${but}` });

/** An agent's limits with what a run was given beyond them. */
export function raisedBy(limits: AgentLimits, grants: readonly BudgetGrant[]): AgentLimits {
  const more = (amount: 'modelCalls' | 'toolCalls' | 'tokens' | 'cost' | 'duration') =>
    grants.reduce((sum, grant) => sum + grant[amount], 0);
  return {
    ...limits,
    maxModelCalls: limits.maxModelCalls + more('modelCalls'),
    maxToolCalls: limits.maxToolCalls + more('toolCalls'),
    maxTokens: limits.maxTokens + more('tokens'),
    ...(limits.maxCost !== undefined && { maxCost: limits.maxCost + more('cost') }),
    maxDuration: limits.maxDuration + more('duration'),
  };
}

/** Two usages together; what no provider has told of is not in it. */
export function sumOf(one: CallUsage, other: CallUsage): CallUsage {
  const cached = (one.cachedInputTokens ?? 0) + (other.cachedInputTokens ?? 0);
  const thought = (one.reasoningTokens ?? 0) + (other.reasoningTokens ?? 0);
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    ...(cached > 0 && { cachedInputTokens: cached }),
    ...(thought > 0 && { reasoningTokens: thought }),
    cost: one.cost + other.cost,
  };
}

/** US dollars: the most that so many tokens may cost, whichever of the models writes or is asked them. */
export function mostCostOf(candidates: readonly Candidate[], tokens: number): number {
  const costs = candidates.flatMap(({ provider, model }) => {
    const price = provider.priceOf?.(model);
    return [
      costOf(price, { inputTokens: tokens, outputTokens: 0 }),
      costOf(price, { inputTokens: 0, outputTokens: tokens }),
    ];
  });
  return Math.max(0, ...costs);
}

export function createBudget({ maxModelCalls, maxToolCalls, maxTokens, maxCost }: BudgetLimits): Budget {
  let used: CallUsage = { inputTokens: 0, outputTokens: 0, cost: 0 };
  let modelCalls = 0;
  let toolCalls = 0;

  /** Tokens of output that what is left of the money pays for, after the input. */
  function affordable(inputTokens: number, price: ModelPrice | undefined): number {
    if (maxCost === undefined) return Number.POSITIVE_INFINITY;
    const left = maxCost - used.cost - costOf(price, { inputTokens, outputTokens: 0 });
    const each = costOf(price, { inputTokens: 0, outputTokens: million }) / million;
    if (left < 0) return 0;
    return each > 0 ? Math.floor(left / each) : Number.POSITIVE_INFINITY;
  }

  return {
    get used() {
      return used;
    },
    reserve({ inputTokens, price }) {
      if (modelCalls >= maxModelCalls)
        return exceeded('modelCalls', `${maxModelCalls} model calls`, 'the agent wants one more');
      const spent = used.inputTokens + used.outputTokens;
      if (spent + inputTokens >= maxTokens) {
        return exceeded(
          'tokens',
          `${maxTokens} tokens`,
          `${spent} are spent and the next call alone asks about ${inputTokens}`,
        );
      }
      const paid = affordable(inputTokens, price);
      if (paid < 1) {
        return exceeded(
          'cost',
          `${maxCost} US dollars`,
          `${used.cost.toFixed(6)} are spent and the rest does not pay for the next call`,
        );
      }
      modelCalls += 1;
      return ok({ outputTokens: Math.min(maxTokens - spent - inputTokens, paid) });
    },
    repeated() {
      modelCalls += 1;
    },
    replaced() {
      modelCalls -= 1;
    },
    settle(usage) {
      used = sumOf(used, usage);
    },
    reserveTools(calls) {
      if (toolCalls + calls > maxToolCalls) {
        return exceeded(
          'toolCalls',
          `${maxToolCalls} tool calls`,
          `${toolCalls} were made and the answer asks for ${calls} more`,
        );
      }
      toolCalls += calls;
      return ok();
    },
  };
}
