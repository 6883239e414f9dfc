import { Decimal128, Long, ObjectId } from 'bson';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareValues } from '../language/order.ts';
import { encodeLowerBound, encodeTypeBounds, encodeUpperBound, encodeValue } from './keys.ts';

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(Long.fromBigInt),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('a', 'a\0', 'a\0b', 'ab', ''),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.constant(Decimal128.fromString('1.5')),
);
const sign = (n: number) => Math.sign(n);

test('keys order as their values do', () => {
  fc.assert(
    fc.property(scalar, scalar, (a, b) => {
      expect(sign(Buffer.compare(encodeValue(a), encodeValue(b)))).toBe(sign(compareValues(a, b)));
    }),
    { numRuns: 2000 },
  );
});

test('keys of compound indexes order by the first value, then by the second', () => {
  fc.assert(
    fc.property(scalar, scalar, scalar, scalar, (a, b, c, d) => {
      const key = (...values: unknown[]) => Buffer.concat(values.map(encodeValue));
      expect(sign(Buffer.compare(key(a, b), key(c, d)))).toBe(
        sign(compareValues(a, c) || compareValues(b, d)),
      );
    }),
    { numRuns: 2000 },
  );
});

test('a value lies between its own bounds and those of its type, however long it is', () => {
  const long = fc.string({ minLength: 100, maxLength: 300 });
  fc.assert(
    fc.property(fc.oneof(scalar, long), (value) => {
      const key = encodeValue(value);
      const type = encodeTypeBounds(value);
      const order = [type.lower, encodeLowerBound(value), key, encodeUpperBound(value), type.upper];
      for (let i = 1; i < order.length; i++)
        expect(Buffer.compare(order[i - 1]!, order[i]!)).toBeLessThanOrEqual(0);
    }),
  );
});

test('long values keep their identity and keys stay short', () => {
  const text = 'x'.repeat(10_000);
  expect(encodeValue(`${text}a`).equals(encodeValue(`${text}b`))).toBe(false);
  expect(encodeValue(text).length).toBeLessThan(170);
});
