import type { JsonValue } from '@baton/engine/protocol';

export interface DifferingValue {
  /** JSON pointer. */
  pointer: string;
  /** `null` where there is none. */
  recorded: JsonValue;
  now: JsonValue;
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The first place at which two values are not alike, in the order of the recorded one; what is `undefined` is not there. */
export function firstDifference(
  recorded: JsonValue | undefined,
  now: JsonValue | undefined,
  pointer = '',
): DifferingValue | undefined {
  if (Object.is(recorded, now)) return undefined;
  const bothAreArrays = Array.isArray(recorded) && Array.isArray(now);
  const bothAreObjects =
    isObject(recorded) && isObject(now) && !Array.isArray(recorded) && !Array.isArray(now);
  if (!bothAreArrays && !bothAreObjects) return { pointer, recorded: recorded ?? null, now: now ?? null };
  const [before, after] = [recorded, now] as unknown as [
    { [name: string]: JsonValue },
    { [name: string]: JsonValue },
  ];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const found = firstDifference(before[name], after[name], `${pointer}/${escaped(name)}`);
    if (found) return found;
  }
  return undefined;
}

function isObject(value: JsonValue | undefined): value is { [name: string]: JsonValue } | JsonValue[] {
  return typeof value === 'object' && value !== null;
}
