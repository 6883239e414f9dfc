import type { JsonValue } from '../json.ts';
import { CheckGivenUp, type Walk } from './walk.ts';

/** Levels of a value that are compared; each takes some of the stack. */
const DEEPEST = 1_000;

/** Texts that are equal exactly if the values are: names in order, -0 as 0. */
export function canonicalText(value: JsonValue, walk: Pick<Walk, 'spend'> = unlimited, level = 0): string {
  if (level > DEEPEST) throw new CheckGivenUp('it goes too deep to be compared');
  walk.spend(1);
  const inner = (one: JsonValue) => canonicalText(one, walk, level + 1);
  if (Array.isArray(value)) return `[${value.map(inner).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${inner(value[name]!)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const unlimited: Pick<Walk, 'spend'> = { spend() {} };
