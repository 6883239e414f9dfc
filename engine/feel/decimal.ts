/** FEEL computes in decimals: 0.1 + 0.2 is 0.3. Doubles are taken at their shortest decimal form. */
export function exactly(operator: '+' | '-' | '*', left: number, right: number): number | null {
  const direct = operator === '+' ? left + right : operator === '-' ? left - right : left * right;
  if (Number.isInteger(left) && Number.isInteger(right) && Number.isSafeInteger(direct)) return direct;
  const a = decimal(left);
  const b = decimal(right);
  if (!a || !b) return Number.isFinite(direct) ? direct : null;
  if (operator === '*') return toNumber(a.digits * b.digits, a.scale + b.scale);
  const scale = Math.max(a.scale, b.scale);
  const first = a.digits * 10n ** BigInt(scale - a.scale);
  const second = b.digits * 10n ** BigInt(scale - b.scale);
  return toNumber(operator === '+' ? first + second : first - second, scale);
}

/** null for a division by zero. */
export function divide(left: number, right: number): number | null {
  if (right === 0) return null;
  const a = decimal(left);
  const b = decimal(right);
  if (!a || !b) return left / right;
  const scale = Math.max(a.scale, b.scale);
  const first = a.digits * 10n ** BigInt(scale - a.scale);
  const second = b.digits * 10n ** BigInt(scale - b.scale);
  // two exact integers: one division, rounded once
  return Number(first) / Number(second);
}

interface Decimal {
  digits: bigint;
  /** Digits after the point. */
  scale: number;
}

function decimal(value: number): Decimal | undefined {
  const match = /^(-?\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!match) return undefined;
  const fraction = match[2] ?? '';
  return { digits: BigInt(match[1] + fraction), scale: fraction.length };
}

function toNumber(digits: bigint, scale: number): number {
  return Number(`${digits}e-${scale}`);
}
