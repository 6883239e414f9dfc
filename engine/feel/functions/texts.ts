import type { Evaluation } from '../evaluation.ts';
import { Abort, Failure } from '../values/failure.ts';
import { isNumber, toInt32 } from '../values/number.ts';
import type { Value } from '../values/value.ts';
import { type Builtin, builtin, type Functions, isText } from './builtin.ts';
import { type Pattern, patternOf } from './pattern.ts';

/** Space as Java's `String.trim` and `isBlank` see it. */
const ends = /^[\0-\x20]+|[\0-\x20]+$/g;
const blanks = new Set(
  '\t\n\v\f\r\u001c\u001d\u001e\u001f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000',
);

export const texts: Functions = {
  substring: [
    builtin(['string', 'start position'], ([text, start]) => cut(text!, start!, undefined)),
    builtin(['string', 'start position', 'length'], ([text, start, length]) =>
      isNumber(length!) ? cut(text!, start!, toInt32(length)) : undefined,
    ),
  ],
  // counts UTF-16 units
  'string length': [ofText('string', (text) => text.length)],
  'upper case': [ofText('string', (text) => text.toUpperCase())],
  'lower case': [ofText('string', (text) => text.toLowerCase())],
  'substring before': [
    ofTexts(['string', 'match'], (text, match) => text.slice(0, Math.max(0, text.indexOf(match)))),
  ],
  'substring after': [
    ofTexts(['string', 'match'], (text, match) => {
      const at = text.indexOf(match);
      return at === -1 ? '' : text.slice(at + match.length);
    }),
  ],
  contains: [ofTexts(['string', 'match'], (text, match) => text.includes(match))],
  'starts with': [ofTexts(['string', 'match'], (text, match) => text.startsWith(match))],
  'ends with': [ofTexts(['string', 'match'], (text, match) => text.endsWith(match))],
  trim: [ofText('string', (text) => text.replaceAll(ends, ''))],
  'is blank': [ofText('string', (text) => [...text].every((character) => blanks.has(character)))],
  'to base64': [ofText('value', toBase64)],
  matches: [
    builtin(['input', 'pattern'], ([text, pattern], evaluation) => matches(text!, pattern!, '', evaluation)),
    builtin(['input', 'pattern', 'flags'], ([text, pattern, flags], evaluation) =>
      matches(text!, pattern!, flags!, evaluation),
    ),
  ],
  replace: [
    builtin(['input', 'pattern', 'replacement'], ([text, pattern, replacement], evaluation) =>
      replace(text!, pattern!, replacement!, '', evaluation),
    ),
    builtin(['input', 'pattern', 'replacement', 'flags'], ([text, pattern, replacement, flags], evaluation) =>
      replace(text!, pattern!, replacement!, flags!, evaluation),
    ),
  ],
  split: [
    builtin(['string', 'delimiter'], ([text, delimiter], evaluation) => {
      if (!isText(text) || !isText(delimiter)) return undefined;
      const pattern = patternOf(delimiter);
      if (!pattern) return new Failure(`Invalid pattern for delimiter '${delimiter}'`);
      return split(text, pattern, evaluation);
    }),
  ],
  extract: [
    builtin(['input', 'pattern'], ([text, pattern], evaluation) => {
      if (!isText(text) || !isText(pattern)) return undefined;
      const found = patternOf(pattern);
      if (!found) return new Failure(`Invalid pattern '${pattern}'`);
      return finds(text, found, evaluation).map(({ start, end }) => text.slice(start, end));
    }),
  ],
};

function ofText(parameter: string, run: (text: string) => Value): Builtin {
  return builtin([parameter], ([text], evaluation) => {
    if (!isText(text)) return undefined;
    evaluation.charge(text.length / 16);
    return run(text);
  });
}

function ofTexts(
  parameters: readonly [string, string],
  run: (text: string, other: string) => Value,
): Builtin {
  return builtin(parameters, ([text, other]) =>
    isText(text) && isText(other) ? run(text, other) : undefined,
  );
}

/** Positions count from 1, or from the end. */
function cut(text: Value, start: Value, length: number | undefined): Value | undefined {
  if (!isText(text) || !isNumber(start)) return undefined;
  const position = toInt32(start);
  const from = position > 0 ? position - 1 : text.length + position;
  const to = length === undefined ? text.length : Math.min(from + length, text.length);
  if (from >= 0 && from <= to) return text.slice(from, to);
  throw new Abort(
    `java.lang.StringIndexOutOfBoundsException: Range [${from}, ${to}) out of bounds for length ${text.length}`,
  );
}

function toBase64(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

function matches(
  text: Value,
  pattern: Value,
  flags: Value,
  evaluation: Evaluation,
): Value | Failure | undefined {
  if (!isText(text) || !isText(pattern) || !isText(flags)) return undefined;
  const found = patternOf(pattern, flags);
  if (!found) return new Failure(`Invalid pattern '${pattern}'`);
  evaluation.charge(text.length);
  return found.matcher(text).find();
}

function replace(
  text: Value,
  pattern: Value,
  replacement: Value,
  flags: Value,
  evaluation: Evaluation,
): Value | Failure | undefined {
  if (!isText(text) || !isText(pattern) || !isText(replacement) || !isText(flags)) return undefined;
  const found = patternOf(pattern, flags);
  // what the replacement refers to must be there: Java tells this as a fault of the pattern
  if (!found || !refersRightly(replacement, found, text)) return new Failure(`Invalid pattern '${pattern}'`);
  const places = finds(text, found, evaluation);
  // the pattern runs through the text once more
  evaluation.charge(text.length + (places.length * replacement.length) / 16);
  return found.matcher(text).replaceAll(replacement, true);
}

function refersRightly(replacement: string, pattern: Pattern, text: string): boolean {
  if (!pattern.matcher(text).find()) return true;
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(replacement)) return false;
  const plain = replacement.replaceAll(/\\[\s\S]/g, '');
  for (const [, digit, name] of plain.matchAll(/\$(?:(\d)|\{([A-Za-z]\w*)\})?/g)) {
    if (digit !== undefined && Number(digit) > pattern.groupCount()) return false;
    if (name !== undefined && !Object.hasOwn(pattern.namedGroups(), name)) return false;
    if (digit === undefined && name === undefined) return false;
  }
  return true;
}

interface Place {
  start: number;
  end: number;
}

function finds(text: string, pattern: Pattern, evaluation: Evaluation): Place[] {
  evaluation.charge(text.length);
  const matcher = pattern.matcher(text);
  const places: Place[] = [];
  while (matcher.find()) {
    evaluation.charge(1);
    places.push({ start: matcher.start(), end: matcher.end() });
  }
  return places;
}

/** A match without width at the beginning splits nothing. */
function split(text: string, pattern: Pattern, evaluation: Evaluation): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of finds(text, pattern, evaluation)) {
    if (end === 0) continue;
    parts.push(text.slice(from, start));
    from = end;
  }
  return [...parts, text.slice(from)];
}
