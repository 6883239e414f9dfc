import type { Document } from 'bson';
import { compareValues, ranks, typeRank } from '../language/order.ts';
import { isDocument } from '../language/paths.ts';
import type { IndexSpecification } from './indexSpecification.ts';
import {
  beyond,
  encodeLowerBound,
  encodeTypeBounds,
  encodeUint32,
  encodeUpperBound,
  encodeValue,
  textAt,
} from './keys.ts';

export interface KeyRange {
  start: Buffer;
  end: Buffer;
}
export interface Plan {
  index: IndexSpecification;
  /** Disjoint or not: together they hold at least every document the filter can match. */
  ranges: KeyRange[];
}

/** What one path must satisfy, as far as an index can serve it. */
interface Demand {
  equal?: unknown[];
  from?: unknown;
  to?: unknown;
}

// More ranges than this cost more than reading the collection.
const mostRanges = 200;

/** The index that narrows the filter best: equalities on its leading paths, then one range. `undefined` = read all. */
export function plan(filter: Document, indexes: readonly IndexSpecification[]): Plan | undefined {
  return narrowest(demandsOf(filter), indexes)?.plan;
}

function narrowest(
  demands: ReadonlyMap<string, Demand>,
  indexes: readonly IndexSpecification[],
): { plan: Plan; score: number } | undefined {
  let best: { plan: Plan; score: number } | undefined;
  for (const index of indexes) {
    if (index.partialFilterExpression && !implies(demands, index.partialFilterExpression)) continue;
    const found = rangesOf(index, demands);
    if (found && (!best || found.score > best.score))
      best = { plan: { index, ranges: found.ranges }, score: found.score };
  }
  return best;
}

/** How an index gives the documents of a filter in the order of a sort's first path. */
export interface OrderPlan {
  index: IndexSpecification;
  range: KeyRange;
  /** From the end of the range to its start. */
  reverse: boolean;
  /** The path the index is ordered by there. */
  path: string;
  /** Each key of the range is a document of the filter, and no two of a document. */
  exact: boolean;
}

/**
 * An index whose leading paths the filter fixes and whose next one the sort begins with. Of several, the one that fixes most;
 * none when another index narrows the filter better than that. Of an index with arrays the order is that of the sort only
 * for documents that have one value at the sort's path.
 */
export function planOrder(
  filter: Document,
  [path, direction]: readonly [string, number],
  indexes: readonly IndexSpecification[],
): OrderPlan | undefined {
  const demands = demandsOf(filter);
  let best: OrderPlan | undefined;
  let mostFixed = 0;
  for (const index of indexes) {
    if (index.partialFilterExpression || index.sparse) continue;
    const paths = Object.keys(index.key);
    const fixed = paths.findIndex((each) => demands.get(each)?.equal?.length !== 1);
    if (fixed < 0 || paths[fixed] !== path || fixed <= mostFixed) continue;
    const leading = [encodeUint32(index.id)];
    for (const each of paths.slice(0, fixed)) leading.push(encodeValue(demands.get(each)!.equal![0]));
    // Where there are arrays, one of a document's values may lie beyond the bounds and another one match.
    const { from, to }: Demand = (!index.multikey && demands.get(path)) || {};
    const prefix = Buffer.concat(leading);
    const range = {
      start: from === undefined ? prefix : Buffer.concat([prefix, encodeLowerBound(from)]),
      end: Buffer.concat([prefix, to === undefined ? beyond : encodeUpperBound(to)]),
    };
    const conditions = Object.entries(filter);
    const exact =
      !index.multikey &&
      fixed === paths.length - 1 &&
      conditions.length === fixed &&
      conditions.every(([name, value]) => isPlain(name, value));
    best = { index, range, reverse: direction < 0, path, exact };
    mostFixed = fixed;
  }
  const other = narrowest(demands, indexes);
  return other && other.plan.index !== best?.index && other.score > mostFixed + 0.5 ? undefined : best;
}

/** The keys of an index that are the documents of a filter: one each, or several of a document with arrays. */
export interface CountPlan {
  range: KeyRange;
  several: boolean;
}

/** How an index counts the documents of the filter, if that asks for nothing but values it fixes. */
export function planCount(filter: Document, indexes: readonly IndexSpecification[]): CountPlan | undefined {
  const conditions = Object.entries(filter);
  if (conditions.length === 0 || !conditions.every(([path, value]) => isPlain(path, value))) return undefined;
  for (const index of indexes) {
    if (index.partialFilterExpression || index.sparse) continue;
    const paths = Object.keys(index.key).slice(0, conditions.length);
    if (index.multikey && paths.some((path) => path.includes('.'))) continue;
    if (paths.length < conditions.length || !paths.every((path) => Object.hasOwn(filter, path))) continue;
    const prefix = Buffer.concat([encodeUint32(index.id), ...paths.map((path) => encodeValue(filter[path]))]);
    return {
      range: { start: prefix, end: Buffer.concat([prefix, beyond]) },
      several: index.multikey,
    };
  }
  return undefined;
}

/** An index whose leading paths the filter fixes, and whose next one has to match a pattern. */
export interface PatternPlan {
  range: KeyRange;
  /** Whether the value of a key matches; `undefined` when only the document tells. */
  test(key: Buffer): boolean | undefined;
  /** The filter asks for nothing else. */
  covers: boolean;
}

/** How the keys of an index tell which documents a pattern leaves out, without reading them. */
export function planPattern(
  filter: Document,
  indexes: readonly IndexSpecification[],
): PatternPlan | undefined {
  for (const index of indexes) {
    if (index.partialFilterExpression || index.sparse || index.multikey) continue;
    const paths = Object.keys(index.key);
    const fixed = paths.findIndex((path) => !isPlain(path, filter[path]));
    const pattern = fixed > 0 ? patternOf(filter[paths[fixed]!]) : undefined;
    if (!pattern) continue;
    const prefix = Buffer.concat([
      encodeUint32(index.id),
      ...paths.slice(0, fixed).map((path) => encodeValue(filter[path])),
    ]);
    return {
      range: { start: prefix, end: Buffer.concat([prefix, beyond]) },
      test(key) {
        const text = textAt(key, prefix.length);
        return text === undefined ? undefined : pattern.test(text);
      },
      covers: Object.keys(filter).length === fixed + 1,
    };
  }
  return undefined;
}

/** The pattern of a condition that is nothing but one; with options it is left to the filter. */
function patternOf(condition: unknown): RegExp | undefined {
  const given = isDocument(condition) && Object.keys(condition).length === 1 ? condition.$regex : condition;
  if (given instanceof RegExp) return given.flags === '' ? given : undefined;
  if (typeof given !== 'string' || given === condition) return undefined;
  try {
    return new RegExp(given);
  } catch {
    return undefined;
  }
}

const isPlain = (path: string, value: unknown) =>
  !path.startsWith('$') && ['string', 'number', 'boolean'].includes(typeof value);

function rangesOf(
  index: IndexSpecification,
  demands: ReadonlyMap<string, Demand>,
): { ranges: KeyRange[]; score: number } | undefined {
  let prefixes: Buffer[] = [encodeUint32(index.id)];
  let score = 0;
  const paths = Object.keys(index.key);
  for (const path of paths) {
    const demand = demands.get(path);
    if (!demand) break;
    if (demand.equal) {
      if (index.sparse && demand.equal.some((value) => typeRank(value) === ranks.null)) break;
      if (prefixes.length * demand.equal.length > mostRanges) break;
      const encoded = demand.equal.map(encodeValue);
      prefixes = prefixes.flatMap((prefix) => encoded.map((value) => Buffer.concat([prefix, value])));
      score += 1;
      continue;
    }
    const { from } = demand;
    const to = index.multikey && from !== undefined ? undefined : demand.to;
    const bounds = encodeTypeBounds(from ?? to);
    const start = from === undefined ? bounds.lower : encodeLowerBound(from);
    const end = to === undefined ? bounds.upper : encodeUpperBound(to);
    return {
      ranges: prefixes.map((prefix) => ({
        start: Buffer.concat([prefix, start]),
        end: Buffer.concat([prefix, end]),
      })),
      score: score + 0.5,
    };
  }
  if (score === 0) return undefined;
  if (index.unique && score === paths.length) score += 100;
  return {
    ranges: prefixes.map((prefix) => ({ start: prefix, end: Buffer.concat([prefix, beyond]) })),
    score,
  };
}

function demandsOf(filter: Document): Map<string, Demand> {
  const demands = new Map<string, Demand>();
  const read = (conditions: Document): void => {
    for (const [path, condition] of Object.entries(conditions)) {
      if (path === '$and' && Array.isArray(condition)) for (const part of condition) read(part);
      if (path.startsWith('$')) continue;
      const demand = demandOf(condition);
      if (demand) demands.set(path, strongest(demands.get(path), demand));
    }
  };
  read(filter);
  return demands;
}

function strongest(a: Demand | undefined, b: Demand): Demand {
  return a?.equal ? a : b;
}

function demandOf(condition: unknown): Demand | undefined {
  if (isIndexable(condition)) return { equal: [condition] };
  if (!isDocument(condition)) return undefined;
  if ('$eq' in condition) return isIndexable(condition.$eq) ? { equal: [condition.$eq] } : undefined;
  if ('$in' in condition) {
    return Array.isArray(condition.$in) && condition.$in.every(isIndexable)
      ? { equal: condition.$in }
      : undefined;
  }
  const from = condition.$gte ?? condition.$gt;
  const to = condition.$lte ?? condition.$lt;
  if (from === undefined && to === undefined) return undefined;
  for (const bound of [from, to]) if (bound !== undefined && !isRangeable(bound)) return undefined;
  // Bounds of two types leave nothing, which the filter itself finds out.
  if (from !== undefined && to !== undefined && typeRank(from) !== typeRank(to)) return { from };
  return { from, to };
}

/** Equality with documents and arrays also matches inside arrays, and regular expressions are patterns. */
function isIndexable(value: unknown): boolean {
  const rank = typeRank(value);
  return rank !== ranks.document && rank !== ranks.array && rank !== ranks.regularExpression;
}

function isRangeable(value: unknown): boolean {
  const rank = typeRank(value);
  return isIndexable(value) && rank !== ranks.null && rank !== ranks.minKey && rank !== ranks.maxKey;
}

function implies(demands: ReadonlyMap<string, Demand>, expression: Document): boolean {
  return Object.entries(expression).every(([path, condition]) => {
    const wanted = demandOf(condition)?.equal;
    const given = demands.get(path)?.equal;
    if (!wanted || !given) return false;
    return given.every((value) => wanted.some((allowed) => compareValues(value, allowed) === 0));
  });
}
