import type { AgentContent, BudgetGrantView, GrantAmounts } from '@baton/gateway/api';
import { count, dollars, type Quantity, time } from '../../ui/quantities.ts';
import { type Step, tokensOf, usageOf } from './loops.ts';

export type Limit = keyof GrantAmounts;

export interface LimitUse {
  limit: Limit;
  title: string;
  quantity: Quantity;
  used: number;
  /** Of the agent and what was granted before; `undefined` = no limit, or not known. */
  most: number | undefined;
  /** It is what stopped the run. */
  reached: boolean;
  /** What is most likely enough to come to an end. */
  suggested: number | undefined;
}

const limits = {
  modelCalls: { title: 'Loops', quantity: count, of: 'maxModelCalls', said: /model calls?/i },
  toolCalls: { title: 'Tool calls', quantity: count, of: 'maxToolCalls', said: /tool calls?/i },
  tokens: { title: 'Tokens', quantity: count, of: 'maxTokens', said: /tokens/i },
  cost: { title: 'Cost', quantity: dollars, of: 'maxCost', said: /dollars|USD|\$\d/i },
  duration: {
    title: 'Time',
    quantity: time,
    of: 'maxDuration',
    said: /\d ?m?s\b|\bminutes?\b|\bseconds?\b/i,
  },
} as const satisfies {
  [L in Limit]: { title: string; quantity: Quantity; of: keyof AgentContent['limits']; said: RegExp };
};

/** What stopped is one request that is too long for the agent's context: more of the same would not help. */
export function isContext(message: string): boolean {
  return /a request of at most/.test(message);
}

/** The limit a failure speaks of: the first that is named after "at most". */
export function limitOf(message: string): Limit | undefined {
  if (isContext(message)) return undefined;
  const said = /at most (.*?)(?:,|$)/s.exec(message)?.[1] ?? message;
  return (Object.keys(limits) as Limit[]).find((limit) => limits[limit].said.test(said));
}

/** How far a run came, limit by limit, and what it could be given to go on. */
export function budgetOf(
  steps: readonly Step[],
  content: AgentContent['limits'] | undefined,
  grants: readonly BudgetGrantView[],
  message: string,
): LimitUse[] {
  const stopped = limitOf(message);
  const usage = usageOf(steps);
  const made = (kind: Step['kind']) => steps.filter((step) => step.kind === kind && !step.error).length;
  const used: { [L in Limit]: number } = {
    modelCalls: made('model'),
    toolCalls: steps.filter(({ kind }) => kind === 'tool').length,
    tokens: tokensOf(usage),
    cost: usage.cost,
    duration: steps.reduce((total, { duration }) => total + duration, 0),
  };
  return (Object.keys(limits) as Limit[]).map((limit) => {
    const { title, quantity, of } = limits[limit];
    const own = content?.[of];
    const granted = grants.reduce((total, grant) => total + grant[limit], 0);
    const reached = limit === stopped;
    return {
      limit,
      title,
      quantity,
      used: used[limit],
      most: own === undefined ? undefined : own + granted,
      reached,
      suggested: reached ? (own ?? used[limit]) : undefined,
    };
  });
}
