import type { JsonValue } from '../../json.ts';
import { canonicalText } from '../equality.ts';
import type { Keyword } from '../schemaNode.ts';
import { counted } from '../words.ts';

export const prefixItems: Keyword = (operand, { child }) => {
  if (!Array.isArray(operand)) return undefined;
  const nodes = operand.map((_, index) => child('prefixItems', index));
  return ({ value, at, walk, reasons, evaluated }) => {
    if (!Array.isArray(value)) return true;
    const count = Math.min(nodes.length, value.length);
    let fits = true;
    for (let index = 0; index < count; index++) {
      const place = { above: at, step: index };
      if (walk.meets(nodes[index]!, value[index]!, place, reasons, undefined)) continue;
      fits = false;
      if (!reasons) return false;
    }
    if (evaluated) evaluated.prefix = Math.max(evaluated.prefix, count);
    return fits;
  };
};

export const items: Keyword = (_operand, { schema, child }) => {
  const node = child('items');
  const first = Array.isArray(schema.prefixItems) ? schema.prefixItems.length : 0;
  return ({ value, at, walk, reasons, evaluated }) => {
    if (!Array.isArray(value)) return true;
    if (node.schema === false && value.length > first) {
      reasons?.push({
        at,
        keyword: 'items',
        expected: first === 0 ? 'to be an empty list' : `to have at most ${counted(first, 'item')}`,
        found: `it has ${value.length}`,
      });
      return false;
    }
    let fits = true;
    for (let index = first; index < value.length; index++) {
      if (walk.meets(node, value[index]!, { above: at, step: index }, reasons, undefined)) continue;
      fits = false;
      if (!reasons) return false;
    }
    if (evaluated) evaluated.prefix = value.length;
    return fits;
  };
};

/** With `minContains` and `maxContains`. */
export const contains: Keyword = (_operand, { schema, child }) => {
  const node = child('contains');
  const least = typeof schema.minContains === 'number' ? schema.minContains : 1;
  const most = typeof schema.maxContains === 'number' ? schema.maxContains : Number.POSITIVE_INFINITY;
  return ({ value, at, walk, reasons, evaluated }) => {
    if (!Array.isArray(value)) return true;
    let count = 0;
    for (const [index, item] of value.entries()) {
      if (!walk.meets(node, item, { above: at, step: index }, undefined, undefined)) continue;
      count += 1;
      evaluated?.items.add(index);
    }
    if (count >= least && count <= most) return true;
    const [keyword, words, bound] =
      count < least
        ? [least === 1 ? 'contains' : 'minContains', 'at least', least]
        : ['maxContains', 'at most', most];
    reasons?.push({
      at,
      keyword: String(keyword),
      expected: `to have ${words} ${counted(Number(bound), 'item')} of the kind that contains describes`,
      found: count === 0 ? 'it has none' : `it has ${count}`,
    });
    return false;
  };
};

function size(keyword: string, words: string, fits: (size: number, bound: number) => boolean): Keyword {
  return (operand) =>
    typeof operand !== 'number'
      ? undefined
      : ({ value, at, reasons }) => {
          if (!Array.isArray(value) || fits(value.length, operand)) return true;
          const expected = `to have ${words} ${counted(operand, 'item')}`;
          reasons?.push({ at, keyword, expected, found: `it has ${value.length}` });
          return false;
        };
}

export const minItems = size('minItems', 'at least', (count, least) => count >= least);
export const maxItems = size('maxItems', 'at most', (count, most) => count <= most);

export const uniqueItems: Keyword = (operand) =>
  operand !== true
    ? undefined
    : ({ value, at, walk, reasons }) => {
        if (!Array.isArray(value)) return true;
        const seen = new Map<JsonValue, number>();
        for (const [index, item] of value.entries()) {
          // Texts begin with their mark, so no text is taken for a number or an object.
          const mark = canonicalText(item, walk);
          const before = seen.get(mark);
          if (before === undefined) {
            seen.set(mark, index);
            continue;
          }
          reasons?.push({
            at,
            keyword: 'uniqueItems',
            expected: 'to have each item once',
            found: `items ${before + 1} and ${index + 1} are the same`,
          });
          return false;
        }
        return true;
      };
