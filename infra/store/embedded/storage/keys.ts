import { createHash } from 'node:crypto';
import type { Document } from 'bson';
import { bytesOf, numberOf, ranks, typeRank } from '../language/order.ts';

/**
 * Values as bytes whose order is the values' order (language/order.ts). An encoded value is never a prefix of another,
 * so values of a compound key are written one after the other. Long values keep a prefix and a hash: equality stays
 * exact, ranges over them are a superset that the filter narrows.
 */
export function encodeValue(value: unknown): Buffer {
  const rank = typeRank(value);
  return Buffer.concat([Buffer.of(rank), shortened(encoders[rank]!(value as never), rank)]);
}

/** Least key of all values >= `value` of its type. */
export function encodeLowerBound(value: unknown): Buffer {
  const rank = typeRank(value);
  const body = encoders[rank]!(value as never);
  return Buffer.concat([Buffer.of(rank), body.length > longest ? body.subarray(0, longest) : body]);
}

/** Not less than any key of a value <= `value` of its type. */
export function encodeUpperBound(value: unknown): Buffer {
  return Buffer.concat([encodeLowerBound(value), beyond]);
}

/** Least and greatest key of the values of one type. */
export function encodeTypeBounds(value: unknown): { lower: Buffer; upper: Buffer } {
  const rank = typeRank(value);
  return { lower: Buffer.of(rank), upper: Buffer.of(rank + 1) };
}

/** The text that begins at that place of a key; `undefined` when there is another value, or not the whole of it. */
export function textAt(key: Buffer, place: number): string | undefined {
  if (key[place] !== ranks.string) return undefined;
  const end = key.indexOf(0, place + 1);
  if (end < 0 || key[end + 1] === 0xff || end - place > longest) return undefined;
  return key.toString('utf8', place + 1, end);
}

export function encodeUint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function encodeRecordId(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Sorts after every key that starts with what it is appended to. */
export const beyond: Buffer = Buffer.alloc(40, 0xff);

/** Bytes of a value that a key has; LMDB's keys hold 1,978 bytes, and an index may have ten such values. */
export const longest = 128;
const variableLength = new Set<number>([
  ranks.string,
  ranks.document,
  ranks.array,
  ranks.binary,
  ranks.regularExpression,
]);

function shortened(body: Buffer, rank: number): Buffer {
  if (!variableLength.has(rank)) return body;
  if (body.length <= longest) return body;
  return Buffer.concat([body.subarray(0, longest), createHash('sha256').update(body).digest()]);
}

const encoders: { [rank: number]: (value: never) => Buffer } = {
  [ranks.minKey]: () => Buffer.alloc(0),
  [ranks.null]: () => Buffer.alloc(0),
  [ranks.number]: encodeNumber,
  [ranks.string]: (value: unknown) => terminated(Buffer.from(String(value))),
  [ranks.document]: (value: Document) =>
    Buffer.concat([
      ...Object.entries(value).flatMap(([name, field]) => [
        Buffer.of(typeRank(field)),
        terminated(Buffer.from(name)),
        encodeValue(field),
      ]),
      Buffer.of(0),
    ]),
  [ranks.array]: (value: unknown[]) => Buffer.concat([...value.map(encodeValue), Buffer.of(0)]),
  [ranks.binary]: (value: unknown) => {
    const bytes = bytesOf(value);
    return Buffer.concat([encodeUint32(bytes.length), bytes]);
  },
  [ranks.objectId]: (value: unknown) => Buffer.from(bytesOf(value)),
  [ranks.boolean]: (value: boolean) => Buffer.of(value ? 1 : 0),
  [ranks.date]: (value: Date) => {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(value.getTime()) ^ (-1n << 63n)));
    return bytes;
  },
  [ranks.timestamp]: (value: { toBigInt(): bigint }) => {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, value.toBigInt()));
    return bytes;
  },
  [ranks.regularExpression]: (value: unknown) => terminated(Buffer.from(String(value))),
  [ranks.maxKey]: () => Buffer.alloc(0),
};

/** The nearest double in order-preserving form, then what an int64 differs from it. */
function encodeNumber(value: unknown): Buffer {
  const exact = numberOf(value);
  const double = Number(exact);
  const bytes = Buffer.allocUnsafe(10);
  if (Number.isNaN(double)) return bytes.fill(0);
  bytes.writeDoubleBE(double === 0 ? 0 : double);
  if (bytes[0]! & 0x80) for (let i = 0; i < 8; i++) bytes[i] = ~bytes[i]! & 0xff;
  else bytes[0] = bytes[0]! | 0x80;
  const rest = typeof exact === 'bigint' ? Number(exact - BigInt(double)) : 0;
  bytes.writeUInt16BE(rest + 0x8000, 8);
  return bytes;
}

/** Ends with 0; a 0 inside is written as 0 0xff, which sorts after the end and before any other byte. */
function terminated(bytes: Uint8Array): Buffer {
  if (!bytes.includes(0)) return Buffer.concat([bytes, Buffer.of(0)]);
  const escaped: number[] = [];
  for (const byte of bytes) escaped.push(...(byte === 0 ? [0, 0xff] : [byte]));
  return Buffer.from([...escaped, 0]);
}
