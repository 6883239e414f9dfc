const minute = 60_000;

// Made once: making one takes longer than using it a hundred times.
const hoursAndMinutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const withSeconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const whole = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

function formatted(format: Intl.DateTimeFormat, instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? String(at) : format.format(at);
}

/** `14:02`, 24 h. */
export function clockTime(instant: string): string {
  return formatted(hoursAndMinutes, instant);
}

/** `14:02:29`. */
export function preciseTime(instant: string): string {
  return formatted(withSeconds, instant);
}

/** The whole of it, for tooltips. */
export function exactTime(instant: string): string {
  return formatted(whole, instant);
}

/** `0.2 s`, `12.7 s`, `38 min`, `2 h 5 min`, `3 d`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < minute) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / minute);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d`;
}

/** Below one hour how long ago, otherwise the time of day or the date. */
export function relativeTime(instant: string, now: number): string {
  const ago = now - Date.parse(instant);
  if (ago < 60 * minute)
    return ago < 5_000
      ? 'now'
      : ago < minute
        ? `${Math.floor(ago / 1000)} s ago`
        : `${Math.floor(ago / minute)} min ago`;
  if (ago < 24 * 60 * minute) return clockTime(instant);
  return formatted(dayAndMonth, instant);
}

/** `v` of a day: `Today`, `Yesterday`, `4 Nov 2026`. */
export function dayOf(instant: string, now: number): string {
  const day = new Date(instant).toDateString();
  if (day === new Date(now).toDateString()) return 'Today';
  if (day === new Date(now - 24 * 60 * minute).toDateString()) return 'Yesterday';
  return formatted(date, instant);
}
