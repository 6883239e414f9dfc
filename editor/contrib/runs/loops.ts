import type { Call, CallUsageView, RunStep } from '@baton/gateway/api';
import { counted, whole } from '../../ui/figures.ts';

/** One recorded call, of a process's run or of one on request. */
export type Step = Pick<Call, keyof Call & keyof RunStep>;

/** A model's answer and the tools it called. */
export interface Loop {
  /** 1-based, in the order of the run. */
  number: number;
  /** Calls that failed before the one that answered, oldest first. */
  failed: readonly Step[];
  /** None while nothing was answered. */
  model: Step | undefined;
  tools: readonly Step[];
}

/** What a run did, loop by loop. A call that failed belongs to the loop in which its question was answered at last. */
export function loopsOf(steps: readonly Step[]): Loop[] {
  const loops: { number: number; failed: Step[]; model: Step | undefined; tools: Step[] }[] = [];
  const begin = (failed: Step[], model: Step | undefined) =>
    loops.push({ number: loops.length + 1, failed, model, tools: [] });
  let failed: Step[] = [];
  for (const step of steps) {
    if (step.kind === 'model') {
      if (step.error) failed.push(step);
      else {
        begin(failed, step);
        failed = [];
      }
    } else {
      if (loops.length === 0) begin([], undefined);
      loops.at(-1)!.tools.push(step);
    }
  }
  if (failed.length > 0) begin(failed, undefined);
  return loops;
}

/** All that some calls used; `undefined` figures are of providers that do not say. */
export function usageOf(steps: readonly Step[]): CallUsageView {
  const sum = (figure: (usage: CallUsageView) => number | undefined) => {
    const said = steps.map(({ usage }) => figure(usage)).filter((value) => value !== undefined);
    return said.length > 0 ? said.reduce((total, value) => total + value, 0) : undefined;
  };
  const cached = sum((usage) => usage.cachedInputTokens);
  const reasoning = sum((usage) => usage.reasoningTokens);
  return {
    inputTokens: sum((usage) => usage.inputTokens) ?? 0,
    outputTokens: sum((usage) => usage.outputTokens) ?? 0,
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
    cost: sum((usage) => usage.cost) ?? 0,
  };
}

export function stepsOf({ failed, model, tools }: Loop): readonly Step[] {
  return [...failed, ...(model ? [model] : []), ...tools];
}

export function tokensOf({ inputTokens, outputTokens }: CallUsageView): number {
  return inputTokens + outputTokens;
}

/** `900 in (450 cached), 60 out (20 thinking)`. */
export function tokenWords(usage: CallUsageView): string {
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usage;
  const cached = cachedInputTokens ? ` (${whole(cachedInputTokens)} cached)` : '';
  const thought = reasoningTokens ? ` (${whole(reasoningTokens)} thinking)` : '';
  return `${whole(inputTokens)} in${cached}, ${whole(outputTokens)} out${thought}`;
}

/** One call failed and made again has the same place twice. */
export function keyOf({ kind, sequence, startedAt }: Step): string {
  return `${kind}/${sequence}/${startedAt}`;
}

/** What a fork did not do itself. */
export const forkWords: { readonly [F in NonNullable<Step['fork']>]: string } = {
  copied: 'from the record',
  stubbed: 'not really called',
};

/** What the model was not shown, because the conversation is longer than its context; empty when it was shown all. */
export function contextWords({ context }: Pick<Step, 'context'>): string {
  const { shortened = 0, leftOut = 0 } = context ?? {};
  return [
    shortened > 0 && `${counted(shortened, 'older result')} shortened`,
    leftOut > 0 && `${counted(leftOut, 'older message')} left out`,
  ]
    .filter(Boolean)
    .join(', ');
}
