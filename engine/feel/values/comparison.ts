import { Abort } from './failure.ts';
import { FeelFunction } from './function.ts';
import { describe, entriesOf, isContext, kindOf } from './kinds.ts';
import { compareNumbers, isNumber } from './number.ts';
import { Range } from './range.ts';
import { LocalDate } from './temporal/date.ts';
import { LocalDateTime, ZonedDateTime } from './temporal/dateAndTime.ts';
import { DayTimeDuration, YearMonthDuration } from './temporal/duration.ts';
import { LocalTime, ZonedTime } from './temporal/time.ts';
import type { Value } from './value.ts';

/** undefined when values of such types are not compared. null equals null and nothing else. */
export function equals(left: Value, right: Value): boolean | undefined {
  if (left === null || right === null) return left === right;
  if (typeof left === 'number' && typeof right === 'number') return left === right;
  if (kindOf(left) !== kindOf(right)) return undefined;
  if (typeof left === 'string' || typeof left === 'boolean') return left === right;
  if (isNumber(left)) return compareNumbers(left, right as typeof left) === 0;
  if (Array.isArray(left)) {
    const other = right as Value[];
    return left.length === other.length && left.every((item, index) => equals(item, other[index]!) === true);
  }
  if (isContext(left)) {
    const [entries, others] = [entriesOf(left), new Map(entriesOf(right as typeof left))];
    return (
      entries.length === others.size &&
      entries.every(([name, value]) => others.has(name) && equals(value, others.get(name)!) === true)
    );
  }
  if (left instanceof FeelFunction || left instanceof Range) return undefined;
  // the same moment told in another zone is another value
  return left.toString() === right.toString() && order(left, right) === 0;
}

const instants = new Set<unknown>([
  'number',
  'string',
  LocalDate,
  LocalTime,
  ZonedTime,
  LocalDateTime,
  ZonedDateTime,
  YearMonthDuration,
  DayTimeDuration,
]);

/** Whether values of this kind have an order; a list when its items are of one such kind. */
export function isComparable(value: Value): boolean {
  if (!Array.isArray(value)) return instants.has(kindOf(value));
  const [first] = value;
  return first !== undefined && isComparable(first) && value.every((item) => kindOf(item) === kindOf(first));
}

/** Of two comparable values of one kind. */
export function order(left: Value, right: Value): number {
  if (isNumber(left)) return compareNumbers(left, right as typeof left);
  if (typeof left === 'string') return sign(left, right as string);
  if (left instanceof LocalDate) return sign(left.days, (right as LocalDate).days);
  if (left instanceof LocalTime || left instanceof ZonedTime)
    return sign(left.nanos, (right as LocalTime).nanos);
  if (left instanceof LocalDateTime) return sign(left.nanos, (right as LocalDateTime).nanos);
  if (left instanceof ZonedDateTime) {
    const other = right as ZonedDateTime;
    return (
      sign(left.instant, other.instant) ||
      sign(left.local.nanos, other.local.nanos) ||
      sign(`${left}`, `${other}`)
    );
  }
  if (left instanceof YearMonthDuration) return sign(left.months, (right as YearMonthDuration).months);
  if (left instanceof DayTimeDuration) return sign(left.nanos, (right as DayTimeDuration).nanos);
  throw new Abort(
    `java.lang.IllegalArgumentException: ${describe(left)} can not be compared to ${describe(right)}`,
  );
}

function sign<T extends number | bigint | string>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
