import { type Evaluation, EXACT_STEPS } from './evaluation.ts';
import type { ArithmeticOperator } from './syntax/expressionTree.ts';
import { Failure } from './values/failure.ts';
import { describe, typeName } from './values/kinds.ts';
import {
  add,
  divide,
  isNumber,
  isZero,
  multiply,
  power,
  subtract,
  toDouble,
  toInt32,
} from './values/number.ts';
import { LocalDate } from './values/temporal/date.ts';
import { LocalDateTime, ZonedDateTime } from './values/temporal/dateAndTime.ts';
import { DayTimeDuration, YearMonthDuration } from './values/temporal/duration.ts';
import { LocalTime, ZonedTime } from './values/temporal/time.ts';
import type { FeelNumber, Value } from './values/value.ts';

type Operation = (left: Value, right: Value, evaluation: Evaluation) => Value | undefined;

/** null, with a warning, for values that do not go together. */
export const arithmetic: {
  readonly [operator in ArithmeticOperator]: (left: Value, right: Value, evaluation: Evaluation) => Value;
} = {
  '+': told(plus, (left, right) => `Can't add '${right}' to '${left}'`),
  '-': told(minus, (left, right) => `Can't subtract '${right}' from '${left}'`),
  '*': told(times, (left, right) => `Can't multiply '${left}' by '${right}'`),
  '/': told(dividedBy, (left, right) => `Can't divide '${left}' by '${right}'`),
  '**': raised,
};

function told(operation: Operation, sentence: (left: string, right: string) => string) {
  return (left: Value, right: Value, evaluation: Evaluation): Value => {
    if (left instanceof Failure || right instanceof Failure) return null;
    const result = operation(left, right, evaluation);
    if (typeof result === 'object' || typeof result === 'bigint') evaluation.charge(EXACT_STEPS);
    if (result !== undefined) return result;
    evaluation.warn('INVALID_TYPE', sentence(describe(left), describe(right)));
    return null;
  };
}

function plus(left: Value, right: Value, evaluation: Evaluation): Value | undefined {
  if (isNumber(left) && isNumber(right)) return add(left, right);
  if (typeof left === 'string' && typeof right === 'string') {
    evaluation.charge((left.length + right.length) / 16);
    return left + right;
  }
  return moved(left, right) ?? moved(right, left);
}

/** A point in time, or a duration, and a duration. */
function moved(point: Value, by: Value): Value | undefined {
  if (by instanceof DayTimeDuration) {
    if (point instanceof DayTimeDuration) return new DayTimeDuration(point.nanos + by.nanos);
    if (point instanceof LocalDate) return new LocalDateTime(point, new LocalTime(0)).plus(by).date;
    return point instanceof LocalTime ||
      point instanceof ZonedTime ||
      point instanceof LocalDateTime ||
      point instanceof ZonedDateTime
      ? point.plus(by)
      : undefined;
  }
  if (!(by instanceof YearMonthDuration)) return undefined;
  if (point instanceof YearMonthDuration) return new YearMonthDuration(point.months + by.months);
  return point instanceof LocalDate || point instanceof LocalDateTime || point instanceof ZonedDateTime
    ? point.plusMonths(by.months)
    : undefined;
}

function minus(left: Value, right: Value): Value | undefined {
  if (isNumber(left) && isNumber(right)) return subtract(left, right);
  if (right instanceof DayTimeDuration) return moved(left, new DayTimeDuration(-right.nanos));
  if (right instanceof YearMonthDuration) return moved(left, new YearMonthDuration(-right.months));
  if (left instanceof LocalTime && right instanceof LocalTime)
    return new DayTimeDuration(BigInt(left.nanos - right.nanos));
  // of times with zones the distance
  if (left instanceof ZonedTime && right instanceof ZonedTime)
    return new DayTimeDuration(BigInt(Math.abs(left.nanos - right.nanos)));
  if (left instanceof LocalDateTime && right instanceof LocalDateTime)
    return new DayTimeDuration(left.nanos - right.nanos);
  if (left instanceof ZonedDateTime && right instanceof ZonedDateTime)
    return new DayTimeDuration(left.instant - right.instant);
  if (left instanceof LocalDate && right instanceof LocalDate)
    return DayTimeDuration.ofSeconds((left.days - right.days) * 86_400);
  return undefined;
}

function times(left: Value, right: Value): Value | undefined {
  if (isNumber(left) && isNumber(right)) return multiply(left, right);
  if (isNumber(left)) return longer(right, left);
  return isNumber(right) ? longer(left, right) : undefined;
}

function longer(duration: Value, by: FeelNumber): Value | undefined {
  const whole = toInt32(by);
  if (duration instanceof YearMonthDuration) return new YearMonthDuration(duration.months * whole);
  return duration instanceof DayTimeDuration
    ? new DayTimeDuration(duration.nanos * BigInt(whole))
    : undefined;
}

function dividedBy(left: Value, right: Value): Value | undefined {
  if (isNumber(right)) {
    if (isZero(right)) return undefined;
    if (isNumber(left)) return divide(left, right);
    if (left instanceof YearMonthDuration) return new YearMonthDuration(toInt32(divide(left.months, right)));
    if (!(left instanceof DayTimeDuration)) return undefined;
    // milliseconds that wrap at 32 bits
    return new DayTimeDuration(BigInt(toInt32(divide(left.millis, right))) * 1_000_000n);
  }
  if (left instanceof YearMonthDuration && right instanceof YearMonthDuration && right.months !== 0)
    return Math.trunc(left.months / right.months) + 0;
  if (left instanceof DayTimeDuration && right instanceof DayTimeDuration && right.nanos !== 0n)
    return toDouble(left.millis / right.millis);
  return undefined;
}

function raised(left: Value, right: Value, evaluation: Evaluation): Value {
  for (const value of [left, right]) {
    if (isNumber(value)) continue;
    if (!(value instanceof Failure))
      evaluation.warn('INVALID_TYPE', `Expected number but found '${describe(value)}'`);
    return null;
  }
  // squared as often as the exponent has bits
  evaluation.charge(EXACT_STEPS * Math.log2(2 + Math.abs(toDouble(right as FeelNumber))));
  return power(left as FeelNumber, right as FeelNumber);
}

/** What is asked of values elsewhere: a value of a type, or a warning. */
export function isExpected(value: Value, type: string, evaluation: Evaluation): boolean {
  if (typeName(value) === type) return true;
  if (!(value instanceof Failure))
    evaluation.warn('INVALID_TYPE', `Expected ${type} but found '${describe(value)}'`);
  return false;
}
