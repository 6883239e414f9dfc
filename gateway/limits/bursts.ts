/** Buckets by address: one request each, `perSecond` more every second, up to `burst`. */
export interface Bursts {
  /** Whether one more is let through. */
  take(address: string): boolean;
}

/** Requests a second of one address: an editor asks for some hundred files when it opens. */
export const defaultBurst = 1_000;

export interface BurstOptions {
  perSecond: number;
  burst: number;
  /** Addresses remembered; of more, those not seen for longest start anew. */
  addresses?: number;
  /** epoch ms. */
  now(): number;
}

export function createBursts({ perSecond, burst, addresses = 20_000, now }: BurstOptions): Bursts {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(address) {
      const at = now();
      const bucket = buckets.get(address);
      const left = bucket
        ? Math.min(burst, bucket.left + (Math.max(0, at - bucket.at) * perSecond) / 1000)
        : burst;
      buckets.delete(address);
      if (buckets.size >= addresses) buckets.delete(buckets.keys().next().value as string);
      buckets.set(address, { left: left < 1 ? left : left - 1, at });
      return left >= 1;
    },
  };
}
