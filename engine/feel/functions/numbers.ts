import { Abort, Failure } from '../values/failure.ts';
import {
  add,
  compareNumbers,
  fromDouble,
  isNegative,
  isNumber,
  isZero,
  negate,
  type Rounding,
  remainder,
  round,
  toDouble,
  toInt32,
} from '../values/number.ts';
import { DayTimeDuration, YearMonthDuration } from '../values/temporal/duration.ts';
import type { FeelNumber, Value } from '../values/value.ts';
import { type Builtin, builtin, type Functions, isText } from './builtin.ts';

const roundings = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN', 'UNNECESSARY'];

export const numbers: Functions = {
  decimal: [
    rounding(['n', 'scale'], 'HALF_EVEN'),
    builtin(['n', 'scale', 'mode'], ([n, scale, mode]) => {
      if (!isNumber(n!) || !isNumber(scale!) || !isText(mode)) return undefined;
      const name = mode.toUpperCase();
      if (!roundings.includes(name))
        return new Failure(
          `Illegal argument '${mode}' for rounding mode. Must be one of: ${roundings.join(', ')}`,
        );
      if (name !== 'UNNECESSARY') return round(n, toInt32(scale), name as Rounding);
      const result = round(n, toInt32(scale), 'DOWN');
      return compareNumbers(result, n) === 0
        ? result
        : new Failure("Failed to apply rounding mode 'UNNECESSARY': Rounding necessary");
    }),
  ],
  floor: [rounding(['n'], 'FLOOR'), rounding(['n', 'scala'], 'FLOOR')],
  ceiling: [rounding(['n'], 'CEILING'), rounding(['n', 'scale'], 'CEILING')],
  'round up': [rounding(['n', 'scale'], 'UP')],
  'round down': [rounding(['n', 'scale'], 'DOWN')],
  'round half up': [rounding(['n', 'scale'], 'HALF_UP')],
  'round half down': [rounding(['n', 'scala'], 'HALF_DOWN')],
  abs: [builtin(['number'], absolute), builtin(['n'], absolute)],
  modulo: [
    builtin(['dividend', 'divisor'], ([dividend, divisor]) => {
      if (!isNumber(dividend!) || !isNumber(divisor!)) return undefined;
      if (isZero(divisor)) throw new Abort('java.lang.ArithmeticException: Division by zero');
      return remainder(add(remainder(dividend, divisor), divisor), divisor);
    }),
  ],
  sqrt: [ofNumber('number', (n) => (isNegative(n) ? null : fromDouble(Math.sqrt(toDouble(n)))))],
  log: [ofNumber('number', (n) => finite(Math.log(toDouble(n))))],
  exp: [ofNumber('number', (n) => finite(Math.exp(toDouble(n))))],
  odd: [ofNumber('number', (n) => compareNumbers(remainder(isNegative(n) ? negate(n) : n, 2), 1) === 0)],
  even: [ofNumber('number', (n) => isZero(remainder(n, 2)))],
};

function rounding(parameters: readonly string[], mode: Rounding): Builtin {
  return builtin(parameters, ([n, scale = 0]) =>
    isNumber(n!) && isNumber(scale) ? round(n, toInt32(scale), mode) : undefined,
  );
}

function ofNumber(parameter: string, run: (n: FeelNumber) => Value): Builtin {
  return builtin([parameter], ([n]) => (isNumber(n!) ? run(n) : undefined));
}

function absolute([n]: readonly Value[]): Value | undefined {
  if (isNumber(n!)) return isNegative(n) ? negate(n) : n;
  if (n instanceof YearMonthDuration) return new YearMonthDuration(Math.abs(n.months));
  if (n instanceof DayTimeDuration) return new DayTimeDuration(n.nanos < 0n ? -n.nanos : n.nanos);
  return undefined;
}

export function finite(value: number): FeelNumber {
  if (Number.isFinite(value)) return fromDouble(value);
  const first = Number.isNaN(value) ? 'N' : 'I';
  throw new Abort(
    `java.lang.NumberFormatException: Character ${first} is neither a decimal digit number, decimal point, nor "e" notation exponential mark.`,
  );
}
