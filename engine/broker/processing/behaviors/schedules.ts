import type { TimerDefinition } from '@baton/engine/model';
import { failed, ok, type Result } from '@baton/engine/protocol';
import { Cron } from 'croner';
import { DateTime, Duration } from 'luxon';

/** When a timer fires first, and how it goes on. */
export interface Schedule {
  /** epoch ms. */
  dueDate: number;
  /** Firings left; -1 = endless. */
  repetitions: number;
  /** ms; 0 when it fires once or by a cron expression. */
  interval: number;
  /** '' unless it goes on by a cron expression. */
  cron: string;
}

/** The schedule that a timer's text means at `now`; the failure is the sentence of the incident. */
export function scheduleOf(
  kind: TimerDefinition['kind'],
  text: string,
  expressionText: string,
  now: number,
): Result<Schedule, string> {
  return schedules[kind](text, expressionText, now);
}

/** A cycle goes on from its due date, not from now: it does not drift. A cron expression names its times itself. */
export function nextFiring({ cron, dueDate, interval }: Schedule, now: number): number | undefined {
  return cron === '' ? dueDate + interval : nextByCron(cron, now);
}

type Reader = (text: string, expressionText: string, now: number) => Result<Schedule, string>;

const schedules: { readonly [K in TimerDefinition['kind']]: Reader } = {
  duration(text, expressionText, now) {
    const dueDate = after(now, text);
    if (dueDate === undefined)
      return failed(`Invalid duration format '${text}' for expression '${expressionText}'.`);
    return ok({ dueDate, repetitions: 1, interval: 0, cron: '' });
  },
  date(text, expressionText) {
    const dueDate = dateOf(text);
    if (dueDate === undefined)
      return failed(`Invalid date-time format '${text}' for expression '${expressionText}'.`);
    return ok({ dueDate, repetitions: 1, interval: 0, cron: '' });
  },
  cycle(text, expressionText, now) {
    const invalid = failed(`Invalid cycle format '${text}' for expression '${expressionText}'.`);
    if (!text.startsWith('R')) {
      const dueDate = nextByCron(text, now);
      return dueDate === undefined
        ? failed(cronFault(text))
        : ok({ dueDate, repetitions: -1, interval: 0, cron: text });
    }
    const [repeat, ...rest] = text.split('/');
    const count = /^R(-1|\d*)$/.exec(repeat ?? '');
    if (rest.length === 0) return failed('No interval given');
    if (!count) return failed('Cannot parse repetitions count');
    if (rest.length > 2) return invalid;
    const repetitions = count[1] === '' || count[1] === '-1' ? -1 : Number(count[1]);
    const next = after(now, rest.at(-1)!);
    const start = rest.length === 2 ? dateOf(rest[0]!) : next;
    if (next === undefined) return failed('Text cannot be parsed to a Period');
    if (start === undefined || repetitions === 0) return invalid;
    return ok({ dueDate: start, repetitions, interval: next - now, cron: '' });
  },
};

/** Macros, or six fields beginning with seconds; both days of a date must match where both are given. Times are UTC. */
function nextByCron(text: string, now: number): number | undefined {
  const macro = text === '@midnight' ? '@daily' : text;
  if (!macro.startsWith('@') && macro.trim().split(/\s+/).length !== 6) return undefined;
  try {
    // the library reads `?` as the present moment; here it means any
    const cron = new Cron(macro.replaceAll('?', '*'), { timezone: 'UTC', domAndDow: true, paused: true });
    return cron.nextRun(new Date(now))?.getTime();
  } catch {
    return undefined;
  }
}

/** Seconds, minutes, hours, days of a month, months, days of a week. */
const cronFields = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Why a cron expression cannot be read. */
function cronFault(text: string): string {
  if (text.trim() === '') return 'Empty expression!';
  const fields = text.trim().split(/\s+/);
  if (fields.length !== cronFields.length)
    return `Cron expression contains ${fields.length} parts but we expect one of [${cronFields.length}]`;
  const fault = 'Failed to parse cron expression.';
  for (const [index, [least, most]] of cronFields.entries()) {
    const field = fields[index]!.toUpperCase();
    const outside = field.match(/\d+/g)?.find((number) => Number(number) < least || Number(number) > most);
    if (outside !== undefined) return `${fault} Value ${outside} not in range [${least}, ${most}]`;
    const isName = index >= 4;
    const strange = isName ? null : field.replace(/L|W/g, '').match(/[A-Z]+/);
    if (strange)
      return `${fault} Invalid chars in expression! Expression: ${field} Invalid chars: ${strange[0]}`;
  }
  return fault;
}

/** ISO 8601 with signs, as `P1DT2H` or `-PT5M`; a moment that has passed is due at once. */
function after(now: number, text: string): number | undefined {
  const negative = text.startsWith('-');
  const duration = Duration.fromISO(negative ? text.slice(1) : text);
  if (!duration.isValid) return undefined;
  const from = DateTime.fromMillis(now, { zone: 'utc' });
  return (negative ? from.minus(duration) : from.plus(duration)).toMillis();
}

/** Date-times may name their zone in brackets after the offset. */
function dateOf(text: string): number | undefined {
  const zone = /\[(.+)\]$/.exec(text);
  const date = DateTime.fromISO(zone ? text.slice(0, zone.index) : text, { zone: zone?.[1] ?? 'utc' });
  return date.isValid ? date.toMillis() : undefined;
}
