import { emptyContext, entriesOf, isContext } from '../values/kinds.ts';
import type { Context, Value } from '../values/value.ts';
import { builtin, type Functions, isText, variadic } from './builtin.ts';

const put = [
  builtin(['context', 'key', 'value'], ([context, key, value]) => putAt(context!, key!, value!)),
  builtin(['context', 'keys', 'value'], ([context, keys, value]) => putAt(context!, keys!, value!)),
];
const merge = [
  variadic(['contexts'], ([contexts]) => {
    if (!Array.isArray(contexts) || !contexts.every(isContext)) return null;
    return contextOf(contexts.flatMap(entriesOf));
  }),
];
const entries = ([context]: readonly Value[]): Value | undefined =>
  isContext(context!)
    ? entriesOf(context).map(([key, value]) =>
        contextOf([
          ['key', key],
          ['value', value],
        ]),
      )
    : undefined;

export const contexts: Functions = {
  'get entries': [builtin(['context'], entries), builtin(['m'], entries)],
  'get value': [
    builtin(['m', 'key'], ([context, key]) => valueAt(context!, key!)),
    builtin(['context', 'key'], ([context, key]) => valueAt(context!, key!)),
    builtin(['context', 'keys'], ([context, keys]) => valueAt(context!, keys!)),
  ],
  'context put': put,
  'context merge': merge,
  // their names before DMN had them
  put,
  'put all': merge,
  context: [
    builtin(['entries'], ([pairs]) => {
      if (!Array.isArray(pairs)) return null;
      const named = pairs.map((pair) =>
        isContext(pair) && isText(pair.key) && Object.hasOwn(pair, 'value')
          ? ([pair.key, pair.value!] as const)
          : undefined,
      );
      return named.includes(undefined) ? null : contextOf(named as (readonly [string, Value])[]);
    }),
  ],
};

function contextOf(named: Iterable<readonly [name: string, value: Value]>): Context {
  const context = emptyContext();
  for (const [name, value] of named) context[name] = value;
  return context;
}

function valueAt(context: Value, key: Value): Value | undefined {
  if (!isContext(context)) return undefined;
  if (isText(key)) return new Map(entriesOf(context)).get(key) ?? null;
  if (!Array.isArray(key)) return undefined;
  let value: Value = key.length === 0 ? null : context;
  for (const name of key) {
    if (!isText(name) || !isContext(value)) return null;
    value = new Map(entriesOf(value)).get(name) ?? null;
  }
  return value;
}

function putAt(context: Value, key: Value, value: Value): Value | undefined {
  if (!isContext(context)) return undefined;
  if (isText(key)) return contextOf([...entriesOf(context), [key, value]]);
  if (!Array.isArray(key) || !key.every(isText)) return undefined;
  return key.length === 0 ? null : putPath(context, key as string[], value);
}

function putPath(context: Value, [name, ...rest]: string[], value: Value): Value {
  if (name === undefined) return value;
  const entries = isContext(context) ? entriesOf(context) : [];
  return contextOf([...entries, [name, putPath(new Map(entries).get(name) ?? null, rest, value)]]);
}
