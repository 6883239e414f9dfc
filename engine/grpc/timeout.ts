const millisecondsPer: { [unit: string]: number } = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1 / 1000,
  n: 1 / 1_000_000,
};

/** `grpc-timeout` ("10S", "500m") in ms; `undefined` when absent or malformed. */
export function parseTimeout(header: string | undefined): number | undefined {
  const parts = header && /^(\d{1,8})([HMSmun])$/.exec(header);
  if (!parts) return undefined;
  return Math.ceil(Number(parts[1]) * millisecondsPer[parts[2]!]!);
}

/** ms as ISO 8601 writes a duration up to hours: "PT1.5S", "PT1M30S", "PT2H". */
export function isoDuration(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1000;
  const parts = [hours && `${hours}H`, minutes && `${minutes}M`, seconds && `${seconds}S`].filter(Boolean);
  return `PT${parts.join('') || '0S'}`;
}
