import type { CallRecord, CallUsage } from '@baton/engine/protocol';
import { sumOf } from './budget.ts';

/** What the models of one element instance were asked before, by the places of the calls. */
export interface ModelHistory {
  /** The call that was answered there. */
  answered(place: number): CallRecord | undefined;
  /** All that was used so far, failed calls included. */
  used: CallUsage;
  /** The last call that was answered before that place. */
  answeredBefore(place: number): CallRecord | undefined;
  /**
   * Calls of one model of the chain that failed there, oldest first: one for each attempt at the run that came so far.
   * @param link 0 = the agent's own model, else its place in `fallbacks`
   */
  failed(place: number, link: number): readonly CallRecord[];
}

/** @param calls of one element instance, oldest first */
export function modelHistory(calls: readonly CallRecord[]): ModelHistory {
  const places = new Map<number, CallRecord[]>();
  let used: CallUsage = { inputTokens: 0, outputTokens: 0, cost: 0 };
  for (const call of calls) {
    if (call.kind !== 'model') continue;
    places.set(call.sequence, [...(places.get(call.sequence) ?? []), call]);
    used = sumOf(used, call.usage);
  }
  const at = (place: number) => places.get(place) ?? [];
  const answered: ModelHistory['answered'] = (place) => at(place).find(({ error }) => error === null);
  return {
    answered,
    used,
    answeredBefore(place) {
      const before = [...places.keys()].filter((each) => each < place && answered(each));
      return before.length === 0 ? undefined : answered(Math.max(...before));
    },
    failed: (place, link) =>
      at(place).filter(({ error, fallback }) => error !== null && (fallback?.place ?? 0) === link),
  };
}
