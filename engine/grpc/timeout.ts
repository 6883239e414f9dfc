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
