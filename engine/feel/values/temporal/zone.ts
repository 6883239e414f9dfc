const offsetPattern = /^([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?$/;
/** Beyond these instants the calendar of JavaScript has no offsets, s. */
const FURTHEST = 8.6e12;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A time zone by its name, `Europe/Berlin`, or a fixed offset. */
export interface Zone {
  /** Absent for a fixed offset. */
  readonly id: string | undefined;
  /** s, at an instant in s since 1970. */
  offsetAt(instant: number): number;
}

export function fixedZone(offset: number): Zone {
  return { id: undefined, offsetAt: () => offset };
}

/** undefined when nobody knows the zone. */
export function regionZone(id: string): Zone | undefined {
  if (!/^[A-Za-z][\w/+-]*$/.test(id)) return undefined;
  let format = formats.get(id);
  try {
    format ??= new Intl.DateTimeFormat('en-US', {
      timeZone: id,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  formats.set(id, format);
  return { id, offsetAt: (instant) => offsetOf(format, instant) };
}

/** As Java's `ZoneId.of` reads it: `Z`, `+01:00`, a region. */
export function zoneOf(text: string): Zone | undefined {
  const offset = parseOffset(text);
  return offset === undefined ? regionZone(text) : fixedZone(offset);
}

/** `Z` or `+01:00`, in s. */
export function parseOffset(text: string): number | undefined {
  if (text === 'Z') return 0;
  const match = offsetPattern.exec(text);
  if (!match) return undefined;
  const [, sign, hours, minutes, seconds = '0'] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (Number(minutes) > 59 || Number(seconds) > 59 || size > 18 * 3600) return undefined;
  return sign === '-' ? -size : size;
}

export function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const size = Math.abs(offset);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `${offset < 0 ? '-' : '+'}${two(size / 3600)}:${two((size % 3600) / 60)}${seconds}`;
}

/**
 * The offset of a local time, s since 1970 as if in UTC. Of a time that comes twice the earlier; a time that is left out is
 * moved on by the gap, for which it has the offset before it.
 */
export function offsetOfLocal(zone: Zone, local: number): number {
  const before = zone.offsetAt(local - 86_400);
  const after = zone.offsetAt(local + 86_400);
  if (before === after) return before;
  for (const offset of [before, after]) if (zone.offsetAt(local - offset) === offset) return offset;
  return before;
}

/** Without daylight saving. */
export function standardOffset(zone: Zone, now: number): number {
  const HALF_A_YEAR = 182 * 86_400;
  return Math.min(zone.offsetAt(now), zone.offsetAt(now + HALF_A_YEAR));
}

function offsetOf(format: Intl.DateTimeFormat, instant: number): number {
  const seconds = Math.floor(Math.max(-FURTHEST, Math.min(FURTHEST, instant)));
  const parts: { [type: string]: string } = {};
  for (const { type, value } of format.formatToParts(seconds * 1000)) parts[type] = value;
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
  local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
  return local.getTime() / 1000 - seconds;
}
