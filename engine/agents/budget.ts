import { failed, ok, type Result } from '@baton/engine/protocol';
import type { AgentLimits } from './definitions.ts';

export interface BudgetExceeded {
  code: 'BUDGET_EXCEEDED';
  message: string;
}

/** What one run of an agent may spend: reserved before a model call, settled after it. */
export interface Budget {
  reserve(): Result<{ tokens: number }, BudgetExceeded>;
  settle(tokens: number): void;
}

export function createBudget({ maxModelCalls, maxTokens }: AgentLimits): Budget {
  let calls = 0;
  let spent = 0;
  return {
    reserve() {
      if (calls >= maxModelCalls) {
        return failed({
          code: 'BUDGET_EXCEEDED',
          message: `Expected at most ${maxModelCalls} model calls, but the agent wants one more`,
        });
      }
      if (spent >= maxTokens) {
        return failed({
          code: 'BUDGET_EXCEEDED',
          message: `Expected at most ${maxTokens} tokens, but ${spent} are spent and the agent wants to go on`,
        });
      }
      calls += 1;
      return ok({ tokens: maxTokens - spent });
    },
    settle(tokens) {
      spent += tokens;
    },
  };
}
