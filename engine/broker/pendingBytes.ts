/**
 * The bytes of requests that clients have sent and the broker has not answered: the doors share one bound, so that many large
 * requests cannot fill memory before they become commands.
 */
export interface PendingBytes {
  /** Whether there was room; what was taken has to be given back. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
}

/** Room for sixteen of the largest requests. */
const DEFAULT_ROOM = 64 * 1024 * 1024;

export function createPendingBytes(room = DEFAULT_ROOM): PendingBytes {
  let taken = 0;
  return {
    take(bytes) {
      if (taken + bytes > room) return false;
      taken += bytes;
      return true;
    },
    giveBack(bytes) {
      taken -= bytes;
    },
  };
}
