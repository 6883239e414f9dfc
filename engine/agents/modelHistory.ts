import type { CallLog, CallRecord } from '@baton/engine/protocol';
import type { CallOwner } from './recordedCalls.ts';

/** What the models of one element instance were asked before, by the places of the calls. */
export interface ModelHistory {
  /** The call that was answered there. */
  answered(place: number): CallRecord | undefined;
  /** The last call that was answered before that place. */
  answeredBefore(place: number): CallRecord | undefined;
  /**
   * Calls of one model of the chain that failed there, oldest first: one for each attempt at the run that came so far.
   * @param link 0 = the agent's own model, else its place in `fallbacks`
   */
  failed(place: number, link: number): readonly CallRecord[];
}

export async function modelHistory(log: CallLog, owner: CallOwner): Promise<ModelHistory> {
  const places = new Map<number, CallRecord[]>();
  for (const call of await log.ofElement(owner.tenantId, owner.elementInstanceKey)) {
    if (call.kind === 'model') places.set(call.sequence, [...(places.get(call.sequence) ?? []), call]);
  }
  const at = (place: number) => places.get(place) ?? [];
  const answered: ModelHistory['answered'] = (place) => at(place).find(({ error }) => error === null);
  return {
    answered,
    answeredBefore(place) {
      const before = [...places.keys()].filter((each) => each < place && answered(each));
      return before.length === 0 ? undefined : answered(Math.max(...before));
    },
    failed: (place, link) =>
      at(place).filter(({ error, fallback }) => error !== null && (fallback?.place ?? 0) === link),
  };
}
