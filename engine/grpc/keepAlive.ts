/** How often clients may ask whether the connection is alive while a call is open on it, and while none is, ms. */
const WITH_CALLS = 30_000;
const WITHOUT_CALLS = 2 * 60 * 60 * 1000;
/** Pings that come too early and are borne with. */
const BORNE = 2;

/** Tells pings that keep a connection alive from those that are too many, as the real gateway does. */
export interface KeepAlive {
  /** Whether the connection may go on after a ping. */
  accepts(now: number, hasCalls: boolean): boolean;
  /** Something was sent: what came before is forgotten. */
  sent(): void;
}

export function createKeepAlive(openedAt: number): KeepAlive {
  let last = openedAt;
  let early = 0;
  return {
    accepts(now, hasCalls) {
      if (now - last >= (hasCalls ? WITH_CALLS : WITHOUT_CALLS)) last = now;
      else early++;
      return early <= BORNE;
    },
    sent() {
      last = openedAt;
      early = 0;
    },
  };
}
