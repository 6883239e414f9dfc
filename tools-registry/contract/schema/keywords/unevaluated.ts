import type { Keyword } from '../schemaNode.ts';
import { isObject } from '../words.ts';
import { surplus } from './objects.ts';

/** After all others of its schema: what none of them looked at. */
export const unevaluatedProperties: Keyword = (_operand, { child }) => {
  const node = child('unevaluatedProperties');
  return ({ value, at, walk, reasons, evaluated }) => {
    if (!isObject(value) || !evaluated || evaluated.properties === 'all') return true;
    const seen = evaluated.properties;
    let fits = true;
    for (const name of Object.keys(value)) {
      if (seen.has(name)) continue;
      if (node.schema === false) {
        reasons?.push(surplus('unevaluatedProperties', at, name, [...seen]));
        fits = false;
      } else if (!walk.meets(node, value[name]!, { above: at, step: name }, reasons, undefined)) fits = false;
      if (!fits && !reasons) return false;
    }
    evaluated.properties = 'all';
    return fits;
  };
};

export const unevaluatedItems: Keyword = (_operand, { child }) => {
  const node = child('unevaluatedItems');
  return ({ value, at, walk, reasons, evaluated }) => {
    if (!Array.isArray(value) || !evaluated) return true;
    let fits = true;
    for (let index = evaluated.prefix; index < value.length; index++) {
      if (evaluated.items.has(index)) continue;
      if (node.schema === false) {
        const expected = 'to have no further items';
        reasons?.push({ at, keyword: 'unevaluatedItems', expected, found: `it has item ${index + 1}` });
        fits = false;
      } else if (!walk.meets(node, value[index]!, { above: at, step: index }, reasons, undefined))
        fits = false;
      if (!fits && !reasons) return false;
    }
    evaluated.prefix = value.length;
    return fits;
  };
};
