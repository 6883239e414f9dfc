import type { Document } from 'bson';

/**
 * MongoDB's comparison order of BSON values ("Comparison/Sort Order" of its manual): by type first, then by value.
 * Numbers of all widths compare by value.
 */
export function compareValues(a: unknown, b: unknown): number {
  const rank = typeRank(a) - typeRank(b);
  if (rank !== 0) return rank;
  return comparators[typeRank(a)]?.(a as never, b as never) ?? 0;
}

export const ranks = {
  minKey: 1,
  null: 2,
  number: 3,
  string: 4,
  document: 5,
  array: 6,
  binary: 7,
  objectId: 8,
  boolean: 9,
  date: 10,
  timestamp: 11,
  regularExpression: 12,
  maxKey: 13,
} as const;

const rankOfBsonType: { [bsontype: string]: number } = {
  MinKey: ranks.minKey,
  Int32: ranks.number,
  Double: ranks.number,
  Long: ranks.number,
  Decimal128: ranks.number,
  BSONSymbol: ranks.string,
  Binary: ranks.binary,
  ObjectId: ranks.objectId,
  Timestamp: ranks.timestamp,
  BSONRegExp: ranks.regularExpression,
  MaxKey: ranks.maxKey,
};

export function typeRank(value: unknown): number {
  if (value === undefined || value === null) return ranks.null;
  if (typeof value === 'number' || typeof value === 'bigint') return ranks.number;
  if (typeof value === 'string') return ranks.string;
  if (typeof value === 'boolean') return ranks.boolean;
  if (Array.isArray(value)) return ranks.array;
  if (value instanceof Date) return ranks.date;
  if (value instanceof RegExp) return ranks.regularExpression;
  if (value instanceof Uint8Array) return ranks.binary;
  const bsontype = (value as { _bsontype?: string })._bsontype;
  return (bsontype && rankOfBsonType[bsontype]) || ranks.document;
}

/** Exact for int64; Decimal128 by its nearest double. */
export function numberOf(value: unknown): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  const wrapped = value as { _bsontype: string; toBigInt?(): bigint; value?: number; toString(): string };
  if (wrapped._bsontype === 'Long') return wrapped.toBigInt!();
  return wrapped._bsontype === 'Decimal128' ? Number(wrapped.toString()) : wrapped.value!;
}

export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const wrapped = value as { buffer?: Uint8Array; position?: number; id?: Uint8Array };
  return wrapped.id ?? wrapped.buffer!.subarray(0, wrapped.position);
}

const less = (a: unknown, b: unknown) =>
  (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;

const comparators: { [rank: number]: (a: never, b: never) => number } = {
  [ranks.number]: (a: unknown, b: unknown) => {
    const [x, y] = [numberOf(a), numberOf(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
    return less(x, y);
  },
  // UTF-8 byte order, which differs from UTF-16's for characters beyond the basic plane.
  [ranks.string]: (a: unknown, b: unknown) =>
    String(a) === String(b) ? 0 : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))),
  [ranks.document]: (a: Document, b: Document) => compareDocuments(a, b),
  [ranks.array]: (a: unknown[], b: unknown[]) => {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compareValues(a[i], b[i]);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  },
  [ranks.binary]: (a: unknown, b: unknown) => {
    const [x, y] = [bytesOf(a), bytesOf(b)];
    return x.length - y.length || Buffer.compare(x, y);
  },
  [ranks.objectId]: (a: unknown, b: unknown) => Buffer.compare(bytesOf(a), bytesOf(b)),
  [ranks.boolean]: (a: boolean, b: boolean) => Number(a) - Number(b),
  [ranks.date]: (a: Date, b: Date) => a.getTime() - b.getTime(),
  [ranks.timestamp]: (a: { toBigInt(): bigint }, b: { toBigInt(): bigint }) =>
    less(a.toBigInt(), b.toBigInt()),
  [ranks.regularExpression]: (a: unknown, b: unknown) => less(String(a), String(b)),
};

function compareDocuments(a: Document, b: Document): number {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [name, value] = left[i]!;
    const [otherName, otherValue] = right[i]!;
    const order =
      typeRank(value) - typeRank(otherValue) || less(name, otherName) || compareValues(value, otherValue);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
