import { equals, isComparable, order } from '../values/comparison.ts';
import { Abort, Failure } from '../values/failure.ts';
import { FeelFunction } from '../values/function.ts';
import { describe, kindOf } from '../values/kinds.ts';
import {
  add,
  compareNumbers,
  divide,
  isNumber,
  isZero,
  multiply,
  numberText,
  power,
  subtract,
  toDouble,
  toInt32,
} from '../values/number.ts';
import type { FeelNumber, Value } from '../values/value.ts';
import { type Builtin, builtin, type Functions, isText, variadic } from './builtin.ts';
import { finite } from './numbers.ts';

export const lists: Functions = {
  'list contains': [
    builtin(['list', 'element'], ([list, element]) =>
      Array.isArray(list) ? list.some((item) => equals(item, element!) === true) : undefined,
    ),
  ],
  count: [ofList((list) => list.length)],
  min: [extreme((sign) => sign < 0)],
  max: [extreme((sign) => sign > 0)],
  sum: [ofNumbers((numbers) => numbers.reduce(add))],
  product: [ofNumbers((numbers) => numbers.reduce(multiply))],
  mean: [ofNumbers((numbers) => divide(numbers.reduce(add), numbers.length))],
  median: [
    ofNumbers((numbers) => {
      const sorted = numbers.toSorted(compareNumbers);
      const middle = Math.floor(sorted.length / 2);
      return sorted.length % 2 === 1 ? sorted[middle]! : divide(add(sorted[middle - 1]!, sorted[middle]!), 2);
    }),
  ],
  stddev: [
    ofNumbers((numbers) => {
      if (numbers.length === 1) throw new Abort('java.lang.ArithmeticException: Division undefined');
      const mean = divide(numbers.reduce(add), numbers.length);
      const squares = numbers.map((number) => power(subtract(number, mean), 2));
      return finite(Math.sqrt(toDouble(divide(squares.reduce(add), numbers.length - 1))));
    }),
  ],
  mode: [ofNumbers(mode, [])],
  and: [allOf(false)],
  all: [allOf(false)],
  or: [allOf(true)],
  any: [allOf(true)],
  sublist: [
    builtin(['list', 'start'], ([list, start]) => sublist(list!, start!, undefined)),
    builtin(['list', 'start', 'length'], ([list, start, length]) =>
      isNumber(length!) ? sublist(list!, start!, toInt32(length)) : undefined,
    ),
  ],
  append: [
    variadic(['list', 'items'], ([list, items], evaluation) => {
      if (!Array.isArray(list) || !Array.isArray(items)) return undefined;
      evaluation.charge(list.length + items.length);
      return [...list, ...items];
    }),
  ],
  concatenate: [
    variadic(['lists'], ([all], evaluation) => {
      if (!Array.isArray(all)) return undefined;
      const joined = joinedLists(all);
      evaluation.charge(joined.length);
      return joined;
    }),
  ],
  'insert before': [
    builtin(['list', 'position', 'newItem'], ([list, position, newItem]) => {
      if (!Array.isArray(list) || !isNumber(position!)) return undefined;
      if (isZero(position)) return new Failure('position must be a non-zero number');
      const at = Math.max(0, indexIn(list, toInt32(position)));
      return [...list.slice(0, at), newItem!, ...list.slice(at)];
    }),
  ],
  remove: [
    builtin(['list', 'position'], ([list, position]) => {
      if (!Array.isArray(list) || !isNumber(position!)) return undefined;
      if (isZero(position)) return new Failure('position must be a non-zero number');
      const at = toInt32(position);
      return [
        ...list.slice(0, Math.max(0, indexIn(list, at))),
        ...list.slice(Math.max(0, indexIn(list, at + 1))),
      ];
    }),
  ],
  reverse: [ofList((list) => list.toReversed())],
  'index of': [
    builtin(['list', 'match'], ([list, match]) =>
      Array.isArray(list)
        ? list.flatMap((item, index) => (equals(item, match!) === true ? [index + 1] : []))
        : undefined,
    ),
  ],
  union: [
    variadic(['lists'], ([all], evaluation) =>
      Array.isArray(all) ? distinct(joinedLists(all), (steps) => evaluation.charge(steps)).values : undefined,
    ),
  ],
  'distinct values': [
    builtin(['list'], ([list], evaluation) =>
      Array.isArray(list) ? distinct(list, (steps) => evaluation.charge(steps)).values : undefined,
    ),
  ],
  'duplicate values': [
    builtin(['list'], ([list], evaluation) =>
      Array.isArray(list) ? distinct(list, (steps) => evaluation.charge(steps)).repeated : undefined,
    ),
  ],
  flatten: [
    builtin(['list'], ([list], evaluation) => {
      if (!Array.isArray(list)) return undefined;
      const flat: Value[] = [];
      flatten(list, flat);
      evaluation.charge(flat.length);
      return flat;
    }),
  ],
  sort: [builtin(['list', 'precedes'], ([list, precedes]) => sort(list!, precedes!))],
  'string join': [
    builtin(['list'], ([list]) => join(list!, '', '', '')),
    builtin(['list', 'delimiter'], ([list, delimiter]) => join(list!, delimiter!, '', '')),
    builtin(['list', 'delimiter', 'prefix', 'suffix'], ([list, delimiter, prefix, suffix]) =>
      (prefix === null) === (suffix === null) ? join(list!, delimiter!, prefix!, suffix!) : undefined,
    ),
  ],
  'is empty': [ofList((list) => list.length === 0)],
  partition: [
    builtin(['list', 'size'], ([list, size]) => {
      if (!Array.isArray(list) || !isNumber(size!)) return undefined;
      const length = toInt32(size);
      if (length < 1) return new Failure(`'size' should be greater than zero but was '${numberText(size)}'`);
      const parts: Value[] = [];
      for (let start = 0; start < list.length; start += length) parts.push(list.slice(start, start + length));
      return parts;
    }),
  ],
};

/** What is no list is taken for an item. */
function joinedLists(lists: readonly Value[]): Value[] {
  const joined: Value[] = [];
  for (const list of lists) {
    for (const item of Array.isArray(list) ? list : [list]) joined.push(item);
  }
  return joined;
}

function flatten(list: readonly Value[], into: Value[]): void {
  for (const item of list) {
    if (Array.isArray(item)) flatten(item, into);
    else into.push(item);
  }
}

function ofList(run: (list: Value[]) => Value): Builtin {
  return builtin(['list'], ([list], evaluation) => {
    if (!Array.isArray(list)) return undefined;
    const value = run(list);
    if (Array.isArray(value)) evaluation.charge(value.length);
    return value;
  });
}

/** Of no numbers at all `empty`. */
function ofNumbers(run: (numbers: FeelNumber[]) => Value, empty: Value = null): Builtin {
  return variadic(['list'], ([list], evaluation) => {
    if (!Array.isArray(list)) return undefined;
    if (list.length === 0) return empty;
    evaluation.charge(list.length);
    const other = list.find((item) => !isNumber(item));
    if (other !== undefined) return new Failure(`expected number but found '${describe(other)}'`);
    return run(list as FeelNumber[]);
  });
}

function extreme(better: (sign: number) => boolean): Builtin {
  return variadic(['list'], ([list]) => {
    if (!Array.isArray(list)) return undefined;
    if (list.length === 0) return null;
    if (!isComparable(list)) return new Failure(`${describe(list)} is not comparable`);
    return list.reduce((best, item) => (better(order(item, best)) ? item : best));
  });
}

/** With three values of truth: what decides does so even when it stands behind null. */
function allOf(deciding: boolean): Builtin {
  return variadic(['list'], ([list]) => {
    if (!Array.isArray(list)) return undefined;
    if (list.includes(deciding)) return deciding;
    return list.every((item) => item === !deciding) ? !deciding : null;
  });
}

function indexIn(list: readonly Value[], position: number): number {
  return position > 0 ? position - 1 : list.length + position;
}

function sublist(list: Value, start: Value, length: number | undefined): Value | Failure | undefined {
  if (!Array.isArray(list) || !isNumber(start)) return undefined;
  if (isZero(start)) return new Failure('start position must be a non-zero number');
  const from = indexIn(list, toInt32(start));
  const end = length === undefined ? list.length : from + length;
  return list.slice(Math.max(0, from), Math.max(0, end));
}

/** Equal values in the order of their first; the steps grow with the square only for what is no number or text. */
function distinct(
  list: readonly Value[],
  charge: (steps: number) => void,
): { values: Value[]; repeated: Value[] } {
  const counts: { value: Value; count: number }[] = [];
  const simple = new Map<Value, { value: Value; count: number }>();
  const others: { value: Value; count: number }[] = [];
  for (const value of list) {
    charge(1);
    const isSimple = value === null || typeof value !== 'object';
    if (!isSimple) charge(others.length);
    const known = isSimple
      ? (simple.get(value) ??
        others.find((one) => kindOf(one.value) === 'number' && equals(one.value, value)))
      : (others.find((one) => equals(one.value, value) === true) ??
        (isNumber(value)
          ? [...simple.values()].find((one) => equals(one.value, value) === true)
          : undefined));
    if (known) known.count++;
    else {
      const entry = { value, count: 1 };
      counts.push(entry);
      if (isSimple) simple.set(value, entry);
      else others.push(entry);
    }
  }
  return {
    values: counts.map(({ value }) => value),
    repeated: counts.filter(({ count }) => count > 1).map(({ value }) => value),
  };
}

function mode(numbers: FeelNumber[]): Value {
  const sorted = numbers.toSorted(compareNumbers);
  const counts: { value: FeelNumber; count: number }[] = [];
  for (const value of sorted) {
    const last = counts.at(-1);
    if (last && compareNumbers(last.value, value) === 0) last.count++;
    else counts.push({ value, count: 1 });
  }
  const most = Math.max(...counts.map(({ count }) => count));
  return counts.filter(({ count }) => count === most).map(({ value }) => value);
}

function sort(list: Value, precedes: Value): Value | Failure | undefined {
  if (!Array.isArray(list) || !(precedes instanceof FeelFunction)) return undefined;
  if (precedes.parameters.length !== 2)
    return new Failure(`expect boolean function with 2 arguments, but found '${precedes.parameters.length}'`);
  let fault: Value | undefined;
  const before = (left: Value, right: Value): boolean => {
    const answer = precedes.body([left, right]);
    if (typeof answer === 'boolean') return answer;
    fault ??= answer;
    return false;
  };
  const sorted = mergeSorted(list, before);
  if (fault === undefined) return sorted;
  return new Failure(
    `fail to sort list by given precedes function: expected boolean but found '${describe(fault)}'`,
  );
}

/** Stable, and it asks in the same order everywhere. */
function mergeSorted(list: readonly Value[], before: (left: Value, right: Value) => boolean): Value[] {
  if (list.length < 2) return [...list];
  const middle = Math.floor(list.length / 2);
  const [left, right] = [mergeSorted(list.slice(0, middle), before), mergeSorted(list.slice(middle), before)];
  const merged: Value[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length)
    merged.push(before(right[j]!, left[i]!) ? right[j++]! : left[i++]!);
  return [...merged, ...left.slice(i), ...right.slice(j)];
}

function join(list: Value, delimiter: Value, prefix: Value, suffix: Value): Value | Failure | undefined {
  const marks = [delimiter, prefix, suffix];
  if (!Array.isArray(list) || !marks.every((one) => one === null || isText(one))) return undefined;
  if (!list.every((item) => item === null || isText(item)))
    return new Failure(`expected a list of strings but found 'Vector(${list.map(describe).join(', ')})'`);
  const joined = list.filter((item) => item !== null).join((delimiter as string | null) ?? '');
  return `${prefix ?? ''}${joined}${suffix ?? ''}`;
}
