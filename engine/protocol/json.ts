/**
 * A JSON value as it travels in variables. Integers beyond 2^53 that 64 bits hold are bigints at run time: they are made by
 * `readJson` and by FEEL, carried by log and state, and written by `writeJson`.
 */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };
export type JsonObject = { [name: string]: JsonValue };

const LONGEST = 2n ** 63n;

/** Texts, so that what stands in them is passed over, and numbers. */
const WORDS = /"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * As `JSON.parse`; integers beyond 2^53 keep their digits, what no double holds becomes the text `Infinity`. Text without long
 * numbers costs nothing more.
 */
export function readJson(text: string): JsonValue {
  if (!/\d{16}|[eE]\+?\d{3}/.test(text)) return JSON.parse(text);
  let mark = '#';
  while (text.includes(mark)) mark += '#';
  let marked = false;
  const replaced = text.replace(WORDS, (word) => {
    if (!word.startsWith('"') && !Number.isFinite(Number(word))) {
      marked = true;
      return `"${Number(word)}"`;
    }
    if (!/^-?[1-9]\d{15,18}$/.test(word) || Number.isSafeInteger(Number(word))) return word;
    const digits = BigInt(word);
    if (digits >= LONGEST || digits < -LONGEST) return word;
    marked = true;
    return `"${mark}${word}"`;
  });
  if (!marked) return JSON.parse(text);
  // the text itself must be JSON, so that a fault is told of what was sent
  JSON.parse(text);
  return JSON.parse(replaced, (_, value) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

/** Whether a text of JSON holds an integer that fits neither into 64 bits with a sign nor into 64 without. */
export function holdsTooLong(text: string): boolean {
  if (!/\d{19}/.test(text)) return false;
  return (text.match(WORDS) ?? []).some((word) => {
    if (!/^-?[1-9]\d{18,}$/.test(word)) return false;
    const digits = BigInt(word);
    return digits < -LONGEST || digits >= 2n * LONGEST;
  });
}

/** As `JSON.stringify`, with integers of 64 bits. */
export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    return written(value);
  }
}

function written(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => written(item ?? null)).join(',')}]`;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${written(entry)}`).join(',')}}`;
}
