import { type Format, formats } from '../formats.ts';
import { type ReadPattern, readPattern } from '../pattern.ts';
import type { Keyword } from '../schemaNode.ts';
import { counted, described, quoted } from '../words.ts';

/** Characters as people count them: one beyond the basic plane is one. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function length(
  keyword: string,
  words: string,
  fits: (length: number, bound: number) => boolean,
  certain: (units: number, bound: number) => boolean,
): Keyword {
  return (operand) =>
    typeof operand !== 'number'
      ? undefined
      : ({ value, at, reasons }) => {
          // A text never has more characters than units, nor less than half of them.
          if (typeof value !== 'string' || certain(value.length, operand)) return true;
          const characters = lengthOf(value);
          if (fits(characters, operand)) return true;
          const expected = `to have ${words} ${counted(operand, 'character')}`;
          reasons?.push({ at, keyword, expected, found: `it has ${characters}` });
          return false;
        };
}

export const minLength = length(
  'minLength',
  'at least',
  (characters, least) => characters >= least,
  (units, least) => units >= 2 * least,
);
export const maxLength = length(
  'maxLength',
  'at most',
  (characters, most) => characters <= most,
  (units, most) => units <= most,
);

export const pattern: Keyword = (operand) => {
  if (typeof operand !== 'string') return undefined;
  let known: ReadPattern | undefined;
  const expected = `to match the pattern ${quoted(operand)}`;
  return ({ value, at, walk, reasons }) => {
    if (typeof value !== 'string') return true;
    known ??= readPattern(operand, walk);
    const read = known;
    if (!read.ok) {
      reasons?.push({ at, keyword: 'pattern', expected, found: `the pattern cannot be used: ${read.why}` });
      return false;
    }
    walk.spend(read.pattern.cost(value));
    if (read.pattern.matches(value)) return true;
    reasons?.push({ at, keyword: 'pattern', expected, found: `it is ${described(value)}` });
    return false;
  };
};

/** What reads a format may throw at a text that is none. */
function isOfFormat({ longest, fits }: Format, text: string): boolean {
  try {
    return text.length <= longest && fits(text);
  } catch {
    return false;
  }
}

/** Those of RFCs and the specification are demanded; one nobody knows is a note for people. */
export const format: Keyword = (operand) => {
  const known = typeof operand === 'string' && Object.hasOwn(formats, operand) ? formats[operand] : undefined;
  if (!known) return undefined;
  return ({ value, at, walk, reasons }) => {
    if (typeof value !== 'string') return true;
    walk.spend(1 + Math.ceil(value.length / 100));
    if (isOfFormat(known, value)) return true;
    reasons?.push({
      at,
      keyword: 'format',
      expected: `to be ${known.words}`,
      found: `it is ${described(value)}`,
    });
    return false;
  };
};
