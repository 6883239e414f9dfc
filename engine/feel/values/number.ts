import { Special } from './special.ts';
import type { FeelNumber, Value } from './value.ts';

/** Digits that arithmetic keeps: decimal128. */
const PRECISION = 34;
/** Zeros that may be written out. */
const MOST_ZEROS = 10_000;

export type Rounding = 'UP' | 'DOWN' | 'CEILING' | 'FLOOR' | 'HALF_UP' | 'HALF_DOWN' | 'HALF_EVEN';

/** What no double and no integer tells exactly: results of decimal arithmetic, `1.0` with its zero. */
export class Decimal extends Special {
  readonly type = 'number';
  /** The number without its point. */
  readonly digits: bigint;
  /** Digits behind the point; negative for zeros at the end. */
  readonly scale: number;

  constructor(digits: bigint, scale: number) {
    super();
    this.digits = digits;
    this.scale = scale;
  }

  toString(): string {
    const sign = this.digits < 0n ? '-' : '';
    const digits = abs(this.digits).toString();
    const exponent = digits.length - 1 - this.scale;
    if (this.scale === 0) return sign + digits;
    if (this.scale < 0 || exponent < -6) {
      const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
      return `${sign}${digits[0]}${fraction}E${exponent < 0 ? '' : '+'}${exponent}`;
    }
    const padded = digits.padStart(this.scale + 1, '0');
    return `${sign}${padded.slice(0, -this.scale)}.${padded.slice(-this.scale)}`;
  }

  /** An integer wraps at 64 bits; anything else becomes a double. */
  toJson(): Value {
    const whole = wholePart(this);
    if (!whole.exact) return toDouble(this);
    return integer(BigInt.asIntN(64, whole.digits));
  }
}

export function isNumber(value: Value): value is FeelNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal;
}

/** As a double when that tells the same. */
export function integer(digits: bigint): number | bigint {
  return isSafe(digits) ? Number(digits) : digits;
}

/** Decimal text as Java reads it, exponents included; undefined when it is no number. */
export function parseDecimalText(text: string): FeelNumber | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = '', exponent] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(`${whole}${fraction}`);
  return made(sign === '-' ? -digits : digits, fraction.length - Number(exponent ?? 0));
}

export function add(left: FeelNumber, right: FeelNumber): FeelNumber {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum) && Number.isInteger(left) && Number.isInteger(right)) return sum + 0;
  }
  const a = toDecimal(left);
  const b = toDecimal(right);
  const scale = Math.max(a.scale, b.scale);
  // what is far too small to be seen in 34 digits would only make long zeros
  if (scale - Math.min(a.scale, b.scale) > 1000) return magnitude(a) > magnitude(b) ? left : right;
  return rounded(raise(a.digits, scale - a.scale) + raise(b.digits, scale - b.scale), scale);
}

export function negate(value: FeelNumber): FeelNumber {
  if (typeof value === 'number') return 0 - value;
  return typeof value === 'bigint' ? integer(-value) : made(-value.digits, value.scale);
}

export function subtract(left: FeelNumber, right: FeelNumber): FeelNumber {
  return add(left, negate(right));
}

export function multiply(left: FeelNumber, right: FeelNumber): FeelNumber {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    if (Number.isSafeInteger(product) && Number.isInteger(left) && Number.isInteger(right))
      return product + 0;
  }
  const a = toDecimal(left);
  const b = toDecimal(right);
  return rounded(a.digits * b.digits, a.scale + b.scale);
}

/** The divisor is not zero. */
export function divide(left: FeelNumber, right: FeelNumber): FeelNumber {
  if (typeof left === 'number' && typeof right === 'number') {
    const quotient = left / right;
    if (Number.isSafeInteger(quotient) && Number.isSafeInteger(left) && Number.isSafeInteger(right))
      return quotient + 0;
  }
  const a = toDecimal(left);
  const b = toDecimal(right);
  const preferred = a.scale - b.scale;
  if (a.digits === 0n) return made(0n, Math.max(preferred, 0));
  const extra = Math.max(0, PRECISION + 3 + lengthOf(b.digits) - lengthOf(a.digits));
  const numerator = raise(a.digits, extra);
  const quotient = numerator / b.digits;
  const exact = quotient * b.digits === numerator;
  // one digit more says which way to round what goes on beyond
  const digits = exact ? quotient : quotient * 10n + (quotient < 0n ? -1n : 1n);
  const result = roundedParts(digits, preferred + extra + (exact ? 0 : 1));
  if (!exact) return made(result.digits, result.scale);
  return stripped(result.digits, result.scale, preferred);
}

export function power(base: FeelNumber, exponent: FeelNumber): FeelNumber {
  const whole = wholePart(toDecimal(exponent));
  if (!whole.exact) return fromDouble(toDouble(base) ** toDouble(exponent));
  const times = Number(BigInt.asIntN(32, whole.digits));
  let result: FeelNumber = 1;
  let factor = base;
  for (let rest = Math.abs(times); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, factor);
    if (rest > 1) factor = multiply(factor, factor);
  }
  return times < 0 ? divide(1, result) : result;
}

/** The remainder of a division that goes as often as it goes whole. */
export function remainder(left: FeelNumber, right: FeelNumber): FeelNumber {
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right))
    return ((left as number) % (right as number)) + 0;
  const a = toDecimal(left);
  const b = toDecimal(right);
  const scale = Math.max(a.scale, b.scale);
  return made(raise(a.digits, scale - a.scale) % raise(b.digits, scale - b.scale), scale);
}

export function compareNumbers(left: FeelNumber, right: FeelNumber): number {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  const a = toDecimal(left);
  const b = toDecimal(right);
  const scale = Math.max(a.scale, b.scale);
  if (scale - Math.min(a.scale, b.scale) > 1000) return toDouble(left) < toDouble(right) ? -1 : 1;
  const difference = raise(a.digits, scale - a.scale) - raise(b.digits, scale - b.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** With exactly `scale` digits behind the point. */
export function round(value: FeelNumber, scale: number, rounding: Rounding): FeelNumber {
  if (scale === 0 && Number.isSafeInteger(value)) return value;
  const { digits, scale: before } = toDecimal(value);
  if (scale >= before) return made(raise(digits, scale - before), scale);
  return made(cut(digits, before - scale, rounding), scale);
}

/** Towards zero, wrapped at 32 bits as Java's `intValue`. */
export function toInt32(value: FeelNumber): number {
  if (typeof value === 'number' && Math.abs(value) < 2 ** 31) return Math.trunc(value) + 0;
  return Number(BigInt.asIntN(32, wholePart(toDecimal(value)).digits));
}

export function toDouble(value: FeelNumber): number {
  return value instanceof Decimal ? Number(`${value.digits}e${-value.scale}`) : Number(value);
}

/** NaN and infinity are no numbers of FEEL. */
export function fromDouble(value: number): FeelNumber {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no decimal number`);
  // a double is written with its point: sqrt(16) is 4.0
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? new Decimal(BigInt(value) * 10n, 1) : value + 0;
}

export function numberText(value: FeelNumber): string {
  return typeof value === 'number' && (Number.isSafeInteger(value) || plainDouble(value))
    ? String(value)
    : toDecimal(value).toString();
}

export function isZero(value: FeelNumber): boolean {
  return value instanceof Decimal ? value.digits === 0n : value === 0;
}

export function isNegative(value: FeelNumber): boolean {
  return value instanceof Decimal ? value.digits < 0n : value < 0;
}

function plainDouble(value: number): boolean {
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e7;
}

export function toDecimal(value: FeelNumber): Decimal {
  if (typeof value === 'bigint') return new Decimal(value, 0);
  if (value instanceof Decimal) return value;
  if (Number.isSafeInteger(value)) return new Decimal(BigInt(value), 0);
  // very small and very large doubles have at least one digit behind the point, as Java writes them
  const [mantissa, exponent] = plainDouble(value)
    ? [String(value), 0]
    : (value.toExponential().split('e') as [string, string]);
  const [whole, fraction = plainDouble(value) ? '' : '0'] = mantissa.split('.');
  return new Decimal(BigInt(`${whole}${fraction}`), fraction.length - Number(exponent));
}

function made(digits: bigint, scale: number): FeelNumber {
  if (scale === 0) return integer(digits);
  if (scale > 0 && scale <= 15 && isSafe(digits)) {
    const value = Number(digits) / 10 ** scale;
    const text = String(value);
    // the double is written with the same digits
    if (plainDouble(value) && text.length - text.indexOf('.') - 1 === scale && text.includes('.'))
      return value;
  }
  return new Decimal(digits, scale);
}

function rounded(digits: bigint, scale: number): FeelNumber {
  const parts = roundedParts(digits, scale);
  return made(parts.digits, parts.scale);
}

function roundedParts(digits: bigint, scale: number): { digits: bigint; scale: number } {
  const excess = lengthOf(digits) - PRECISION;
  if (excess <= 0) return { digits, scale };
  return roundedParts(cut(digits, excess, 'HALF_EVEN'), scale - excess);
}

function stripped(digits: bigint, scale: number, preferred: number): FeelNumber {
  let [rest, at] = [digits, scale];
  while (at > preferred && rest % 10n === 0n) {
    rest /= 10n;
    at--;
  }
  return made(rest, at);
}

/** Without its last `count` digits. */
function cut(digits: bigint, count: number, rounding: Rounding): bigint {
  const unit = 10n ** BigInt(count);
  const kept = digits / unit;
  const rest = abs(digits % unit);
  if (rest === 0n) return kept;
  const away = kept + (digits < 0n ? -1n : 1n);
  const half = rest * 2n - unit;
  switch (rounding) {
    case 'UP':
      return away;
    case 'DOWN':
      return kept;
    case 'CEILING':
      return digits > 0n ? away : kept;
    case 'FLOOR':
      return digits < 0n ? away : kept;
    case 'HALF_UP':
      return half >= 0n ? away : kept;
    case 'HALF_DOWN':
      return half > 0n ? away : kept;
    case 'HALF_EVEN':
      return half > 0n || (half === 0n && kept % 2n !== 0n) ? away : kept;
  }
}

export function wholePart({ digits, scale }: Decimal): { digits: bigint; exact: boolean } {
  // of so large a number the last 64 bits are zero
  if (scale < -1000) return { digits: 0n, exact: true };
  if (scale <= 0) return { digits: raise(digits, -scale), exact: true };
  if (scale > 10_000) return { digits: 0n, exact: digits === 0n };
  const unit = 10n ** BigInt(scale);
  return { digits: digits / unit, exact: digits % unit === 0n };
}

/** Where the first digit stands. */
function magnitude({ digits, scale }: Decimal): number {
  return digits === 0n ? Number.NEGATIVE_INFINITY : lengthOf(digits) - scale;
}

function raise(digits: bigint, by: number): bigint {
  if (by === 0) return digits;
  if (by > MOST_ZEROS) throw new RangeError(`${by} zeros are too many for a number`);
  return digits * 10n ** BigInt(by);
}

function lengthOf(digits: bigint): number {
  return abs(digits).toString().length;
}

function abs(digits: bigint): bigint {
  return digits < 0n ? -digits : digits;
}

function isSafe(digits: bigint): boolean {
  return digits >= BigInt(Number.MIN_SAFE_INTEGER) && digits <= BigInt(Number.MAX_SAFE_INTEGER);
}
