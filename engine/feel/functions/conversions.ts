import { Abort, Failure } from '../values/failure.ts';
import { describe } from '../values/kinds.ts';
import { isNumber, numberText, parseDecimalText, round, toDouble, toInt32 } from '../values/number.ts';
import { LocalDate } from '../values/temporal/date.ts';
import { LocalDateTime, ZonedDateTime } from '../values/temporal/dateAndTime.ts';
import { DayTimeDuration, YearMonthDuration } from '../values/temporal/duration.ts';
import {
  hasFormOf,
  parseDate,
  parseDateAndTime,
  parseDayTimeDuration,
  parseLocalTime,
  parseYearMonthDuration,
  parseZonedTime,
} from '../values/temporal/literals.ts';
import { LocalTime, ZonedTime } from '../values/temporal/time.ts';
import { fixedZone, zoneOf } from '../values/temporal/zone.ts';
import type { FeelNumber, Value } from '../values/value.ts';
import { builtin, type Functions, isText } from './builtin.ts';

export const conversions: Functions = {
  date: [
    builtin(['from'], ([from]) => {
      if (isText(from)) return parseDate(from) ?? new Failure(`Failed to parse date from '${from}'`);
      return from instanceof LocalDate ? from : dayOf(from!);
    }),
    builtin(['year', 'month', 'day'], ([year, month, day]) => {
      if (!isNumber(year!) || !isNumber(month!) || !isNumber(day!)) return undefined;
      const told = `year=${numberText(year)}, month=${numberText(month)}, day=${numberText(day)}`;
      return (
        LocalDate.of(toInt32(year), toInt32(month), toInt32(day)) ??
        new Failure(`Failed to parse date from: ${told}`)
      );
    }),
  ],
  'date and time': [
    builtin(['from'], ([from]) => {
      if (!isText(from)) return undefined;
      const kind = hasFormOf.date(from)
        ? 'date(-time)'
        : hasFormOf.localDateTime(from) && !hasFormOf.zonedDateTime(from)
          ? 'local-date-time'
          : 'date-time';
      return parseDateAndTime(from) ?? new Failure(`Failed to parse ${kind} from '${from}'`);
    }),
    builtin(['date', 'time'], ([date, time]) => {
      if (isText(time)) return inZone(date!, time);
      const day = date instanceof LocalDate ? date : dayOf(date!);
      if (!day) return undefined;
      if (time instanceof LocalTime) return new LocalDateTime(day, time);
      if (!(time instanceof ZonedTime)) return undefined;
      const local = new LocalDateTime(day, time.time);
      const zone = time.zone === undefined ? fixedZone(time.offset) : zoneOf(time.zone)!;
      return ZonedDateTime.ofLocal(local, zone);
    }),
  ],
  time: [
    builtin(['from'], ([from], { now }) => {
      if (isText(from)) {
        const zoned = hasFormOf.zonedTime(from);
        const time = zoned ? parseZonedTime(from, now / 1000) : parseLocalTime(from);
        return time ?? new Failure(`Failed to parse ${zoned ? 'time' : 'local-time'} from '${from}'`);
      }
      if (from instanceof LocalDateTime || from instanceof ZonedDateTime) return from.time;
      return from instanceof LocalDate ? new ZonedTime(new LocalTime(0), 0) : undefined;
    }),
    builtin(['hour', 'minute', 'second'], ([hour, minute, second]) => clock(hour!, minute!, second!)),
    builtin(['hour', 'minute', 'second', 'offset'], ([hour, minute, second, offset]) => {
      if (offset === null) return clock(hour!, minute!, second!);
      if (!(offset instanceof DayTimeDuration)) return undefined;
      const time = clock(hour!, minute!, second!);
      const size = Number(offset.seconds);
      if (time instanceof LocalTime && Math.abs(size) <= 18 * 3600) return new ZonedTime(time, size);
      if (time === undefined) return undefined;
      const told = ['hour', 'minute', 'second', 'offset'].map(
        (name, index) => `${name}=${describe([hour!, minute!, second!, offset][index]!)}`,
      );
      return new Failure(`Failed to parse time from: ${told.join(', ')}`);
    }),
  ],
  number: [
    builtin(['from'], ([from]) => (isText(from) ? numberFrom(from) : undefined)),
    builtin(['from', 'grouping separator'], ([from, grouping]) => {
      if (!isText(from) || !isText(grouping)) return undefined;
      return groupings.includes(grouping)
        ? numberFrom(from.replaceAll(grouping, ''))
        : new Failure("illegal argument for grouping. Must be one of ' ', ',' or '.'");
    }),
    builtin(['from', 'grouping separator', 'decimal separator'], ([from, grouping, decimal]) => {
      if (!isText(from) || (grouping === null && decimal === null)) return undefined;
      if ((grouping !== null && !isText(grouping)) || (decimal !== null && !isText(decimal)))
        return undefined;
      const fits =
        (grouping === null || groupings.includes(grouping!)) &&
        (decimal === null || decimals.includes(decimal!)) &&
        grouping !== decimal;
      if (!fits && (grouping === null || decimal === null)) return undefined;
      if (!fits)
        return new Failure(
          "illegal arguments for grouping or decimal. Must be one of ' ' (grouping only), ',' or '.'",
        );
      const digits = isText(grouping) ? from.replaceAll(grouping, '') : from;
      return numberFrom(isText(decimal) ? digits.replaceAll(decimal, '.') : digits);
    }),
  ],
  string: [
    builtin(['from'], ([from], evaluation) => {
      if (from === null || isText(from)) return from!;
      const text = describe(from!);
      evaluation.charge(text.length / 16);
      return text;
    }),
  ],
  duration: [
    builtin(['from'], ([from]) => {
      if (!isText(from)) return undefined;
      if (hasFormOf.yearMonthDuration(from))
        return (
          parseYearMonthDuration(from) ?? new Failure(`Failed to parse year-month-duration from '${from}'`)
        );
      const kind = hasFormOf.dayTimeDuration(from) ? 'day-time-duration' : 'duration';
      return parseDayTimeDuration(from) ?? new Failure(`Failed to parse ${kind} from '${from}'`);
    }),
  ],
  'years and months duration': [
    builtin(['from', 'to'], ([from, to]) => {
      const start = from instanceof LocalDate ? from : dayOf(from!);
      const end = to instanceof LocalDate ? to : dayOf(to!);
      if (!start || !end || (start === from && end !== to && !dayOf(to!))) return undefined;
      return new YearMonthDuration(monthsBetween(start, end));
    }),
  ],
};

const groupings = [' ', ',', '.'];
const decimals = [',', '.'];

function numberFrom(text: string): Value | Failure {
  return parseDecimalText(text) ?? new Failure(`Can't parse '${text}' as a number`);
}

function dayOf(value: Value): LocalDate | undefined {
  if (value instanceof LocalDateTime) return value.date;
  return value instanceof ZonedDateTime ? value.local.date : undefined;
}

function inZone(value: Value, id: string): Value | undefined {
  if (!(value instanceof LocalDateTime) && !(value instanceof ZonedDateTime)) return undefined;
  const zone = zoneOf(id);
  if (!zone) throw new Abort(`java.time.zone.ZoneRulesException: Unknown time-zone ID: ${id}`);
  return value instanceof LocalDateTime ? ZonedDateTime.ofLocal(value, zone) : value.inZone(zone);
}

function clock(hour: Value, minute: Value, second: Value): LocalTime | Failure | undefined {
  if (!isNumber(hour) || !isNumber(minute) || !isNumber(second)) return undefined;
  const whole = toDouble(round(second, 0, 'DOWN'));
  const nanos = Math.round((toDouble(second) - whole) * 1e9);
  const told = `hour=${numberText(hour)}, minute=${numberText(minute)}, second=${numberText(second)}`;
  return (
    LocalTime.of(toInt32(hour), toInt32(minute), toInt32(second as FeelNumber), nanos) ??
    new Failure(`Failed to parse local-time from: ${told}`)
  );
}

/** Whole months, towards zero. */
function monthsBetween(start: LocalDate, end: LocalDate): number {
  const [a, b] = [start.parts, end.parts];
  const months = (b.year - a.year) * 12 + b.month - a.month;
  if (months > 0 && b.day < a.day) return months - 1;
  return months < 0 && b.day > a.day ? months + 1 : months;
}
