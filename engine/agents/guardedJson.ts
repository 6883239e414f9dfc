import type { Guard } from '@baton/engine/guardrails';
import type { GuardPlace, GuardVerdict, JsonValue } from '@baton/engine/protocol';

/** A value as its JSON may go on; `undefined` when it may not. */
export function guardedJson<V extends JsonValue>(
  guard: Guard,
  place: GuardPlace,
  value: V,
): { value: V | undefined; verdicts: GuardVerdict[] } {
  const written = JSON.stringify(value);
  const { text, verdicts } = guard.check(place, written);
  if (text === undefined) return { value: undefined, verdicts };
  return { value: text === written ? value : (JSON.parse(text) as V), verdicts };
}

/** Why a guardrail ended a run, of the verdict that blocked. */
export function violation(verdicts: readonly GuardVerdict[]) {
  const blocked = verdicts.find(({ action }) => action === 'block');
  return {
    code: 'GUARDRAIL_VIOLATION' as const,
    message: `${blocked?.message ?? 'Expected what the policy allows, but it is not'} (${blocked?.place}, policy ${blocked?.policy})`,
  };
}
