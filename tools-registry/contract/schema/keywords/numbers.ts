import { isMultiple } from '../decimal.ts';
import type { Keyword } from '../schemaNode.ts';

function bound(keyword: string, words: string, fits: (value: number, bound: number) => boolean): Keyword {
  return (operand) =>
    typeof operand !== 'number'
      ? undefined
      : ({ value, at, reasons }) => {
          if (typeof value !== 'number' || fits(value, operand)) return true;
          reasons?.push({ at, keyword, expected: `to be ${words} ${operand}`, found: `it is ${value}` });
          return false;
        };
}

export const minimum = bound('minimum', 'at least', (value, least) => value >= least);
export const maximum = bound('maximum', 'at most', (value, most) => value <= most);
export const exclusiveMinimum = bound('exclusiveMinimum', 'more than', (value, limit) => value > limit);
export const exclusiveMaximum = bound('exclusiveMaximum', 'less than', (value, limit) => value < limit);
/** In decimals, as people count: 19.99 is a multiple of 0.01. */
export const multipleOf: Keyword = (operand, surroundings) =>
  typeof operand === 'number' && operand > 0
    ? bound('multipleOf', 'a multiple of', isMultiple)(operand, surroundings)
    : undefined;
