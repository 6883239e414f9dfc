import type { Value } from '../value.ts';
import { LocalDate } from './date.ts';
import { LocalDateTime, ZonedDateTime } from './dateAndTime.ts';
import { DayTimeDuration, YearMonthDuration } from './duration.ts';
import { LocalTime, ZonedTime } from './time.ts';
import { fixedZone, parseOffset, regionZone, standardOffset, type Zone } from './zone.ts';

const DATE = String.raw`(-?(?:[1-9]\d{0,4})?\d{4})-([01]\d)-([0-3]\d)`;
const CLOCK = String.raw`(\d{2}):(\d{2})(?::(\d{2}))?(?:\.(\d{0,9}))?`;
const ZONE = String.raw`([+-]\d{2}:\d{2}|Z|@.*)`;

const date = new RegExp(`^${DATE}$`);
const localTime = new RegExp(`^T?${CLOCK}$`);
const zonedTime = new RegExp(String.raw`^T?(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?${ZONE}$`);
const dateAndTime = new RegExp(`^${DATE}T${CLOCK}${ZONE}?$`);
const yearsAndMonths = /^(-?)P(-?)(?:(\d+)Y)?(-?)(?:(\d+)M)?$/;
const daysAndTime = /^(-?)P(?:(-?\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?)(\d+)(?:\.(\d{0,9}))?S)?)?$/;

/** The kinds of text that are told apart before they are read: one that has the form but no meaning is told in its own words. */
export const hasFormOf = {
  date: (text: string) => date.test(text),
  zonedTime: (text: string) => zonedTime.test(text),
  zonedDateTime: (text: string) => dateAndTime.exec(text)?.[8] !== undefined,
  localDateTime: (text: string) => dateAndTime.test(text),
  yearMonthDuration: (text: string) => yearsAndMonths.test(text),
  dayTimeDuration: (text: string) => daysAndTime.test(text),
};

export function parseDate(text: string): LocalDate | undefined {
  const match = date.exec(text);
  return match ? LocalDate.of(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

export function parseLocalTime(text: string): LocalTime | undefined {
  const match = localTime.exec(text);
  if (!match) return undefined;
  const [, hour, minute, second = '0', fraction = ''] = match;
  // midnight at the end of the day is that at its beginning
  const at = hour === '24' && !/[1-9]/.test(`${minute}${second}${fraction}`) ? 0 : Number(hour);
  return LocalTime.of(at, Number(minute), Number(second), Number(fraction.padEnd(9, '0')));
}

/** @param now s since 1970: a zone without a date has its offset without daylight saving of these days */
export function parseZonedTime(text: string, now: number): ZonedTime | undefined {
  const match = zonedTime.exec(text);
  if (!match) return undefined;
  const zoneText = match[5]!;
  const time = parseLocalTime(text.slice(0, -zoneText.length));
  if (!time) return undefined;
  const zone = parseZone(zoneText);
  if (!zone) return undefined;
  const offset = zone.id === undefined ? zone.offsetAt(0) : standardOffset(zone, now);
  return new ZonedTime(time, offset, zone.id);
}

/** A day, or a day and a time, with its zone or without. */
export function parseDateAndTime(text: string): LocalDateTime | ZonedDateTime | undefined {
  const day = parseDate(text);
  if (day) return new LocalDateTime(day, new LocalTime(0));
  const match = dateAndTime.exec(text);
  if (!match) return undefined;
  const [, year, month, dayOfMonth, hour, minute, second = '0', fraction = '', zoneText] = match;
  const of = LocalDate.of(Number(year), Number(month), Number(dayOfMonth));
  const time = LocalTime.of(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(9, '0')));
  if (!of || !time) return undefined;
  const local = new LocalDateTime(of, time);
  if (zoneText === undefined) return local;
  const zone = parseZone(zoneText);
  return zone && ZonedDateTime.ofLocal(local, zone);
}

export function parseYearMonthDuration(text: string): YearMonthDuration | undefined {
  const match = yearsAndMonths.exec(text);
  if (!match || (match[3] === undefined && match[5] === undefined)) return undefined;
  const [, sign, yearSign, years = '0', monthSign, months = '0'] = match;
  const total = Number(`${yearSign}${years}`) * 12 + Number(`${monthSign}${months}`);
  return Number.isSafeInteger(total) ? new YearMonthDuration(sign === '-' ? -total : total) : undefined;
}

export function parseDayTimeDuration(text: string): DayTimeDuration | undefined {
  const match = daysAndTime.exec(text);
  if (!match || text.endsWith('P') || text.endsWith('T')) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', secondSign = '', seconds = '0', fraction = ''] =
    match;
  const whole = (BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes);
  const size = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
  const total = whole * 60_000_000_000n + (secondSign === '-' ? -size : size);
  return new DayTimeDuration(sign === '-' ? -total : total);
}

// literals: what has no meaning is null

export function parseDateLiteral(text: string): Value {
  return parseDate(text) ?? null;
}

export function parseTimeLiteral(text: string): Value {
  return (hasFormOf.zonedTime(text) ? parseZonedTime(text, 0) : parseLocalTime(text)) ?? null;
}

export function parseDateAndTimeLiteral(text: string): Value {
  return parseDateAndTime(text) ?? null;
}

export function parseDurationLiteral(text: string): Value {
  return parseYearMonthDuration(text) ?? parseDayTimeDuration(text) ?? null;
}

/** `@"…"` of any kind. */
export function parseTemporalLiteral(text: string): Value {
  return (
    parseDate(text) ??
    parseZonedTime(text, 0) ??
    parseDateAndTime(text) ??
    parseYearMonthDuration(text) ??
    parseDayTimeDuration(text) ??
    parseLocalTime(text) ??
    null
  );
}

function parseZone(text: string): Zone | undefined {
  if (text.startsWith('@')) return regionZone(text.slice(1));
  const offset = parseOffset(text);
  return offset === undefined ? undefined : fixedZone(offset);
}
