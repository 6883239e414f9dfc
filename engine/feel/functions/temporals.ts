import { daysOf, lengthOfMonth, weekdayOf } from '../values/temporal/calendar.ts';
import { LocalDate } from '../values/temporal/date.ts';
import { LocalDateTime, ZonedDateTime } from '../values/temporal/dateAndTime.ts';
import { fixedZone } from '../values/temporal/zone.ts';
import type { Value } from '../values/value.ts';
import { type Builtin, builtin, type Functions } from './builtin.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export const temporals: Functions = {
  now: [builtin([], (_, { now }) => momentOf(now))],
  today: [builtin([], (_, { now }) => momentOf(now).local.date)],
  'day of year': [ofDay((date) => dayOfYear(date))],
  'day of week': [ofDay((date) => days[weekdayOf(date.days) - 1]!)],
  'month of year': [ofDay((date) => months[date.parts.month - 1]!)],
  'week of year': [
    ofDay((date) => {
      // ISO 8601: a week belongs to the year that has its Thursday
      const thursday = new LocalDate(date.days + 4 - weekdayOf(date.days));
      return Math.ceil(dayOfYear(thursday) / 7);
    }),
  ],
  'last day of month': [
    ofDay((date) => {
      const { year, month } = date.parts;
      return new LocalDate(daysOf(year, month, lengthOfMonth(year, month)));
    }),
  ],
};

function momentOf(now: number): ZonedDateTime {
  return ZonedDateTime.ofInstant(BigInt(Math.trunc(now)) * 1_000_000n, fixedZone(0));
}

function ofDay(run: (date: LocalDate) => Value): Builtin {
  return builtin(['date'], ([value]) => {
    if (value instanceof LocalDate) return run(value);
    if (value instanceof LocalDateTime) return run(value.date);
    return value instanceof ZonedDateTime ? run(value.local.date) : undefined;
  });
}

function dayOfYear(date: LocalDate): number {
  return date.days - daysOf(date.parts.year, 1, 1) + 1;
}
