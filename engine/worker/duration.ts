import { Duration } from 'luxon';

/** An ISO 8601 duration, as headers and inputs of jobs have them, in ms; `undefined` of what is none, and of none at all. */
export function durationOf(text: string | undefined): number | undefined {
  const ms = Duration.fromISO(text?.trim() ?? '').toMillis();
  return ms > 0 ? ms : undefined;
}
