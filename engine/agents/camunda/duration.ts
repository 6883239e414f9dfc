const shape = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** ISO 8601 durations of days and shorter, in ms; `undefined` of what is none, and of none at all. */
export function durationOf(text: string | undefined): number | undefined {
  const [, ...parts] = shape.exec(text?.trim() ?? '') ?? [];
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
  return ms > 0 ? ms : undefined;
}
