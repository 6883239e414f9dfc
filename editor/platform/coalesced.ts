import type { Disposable } from '../base/disposable.ts';
import type { Timers } from './host.ts';

/** What many events in a row ask for, done once for all of them. */
export interface Coalesced extends Disposable {
  soon(): void;
}

/** @param ms after the first event; those that arrive meanwhile are answered with it */
export function coalesced(timers: Timers, ms: number, run: () => void): Coalesced {
  let waiting: Disposable | undefined;
  return {
    soon() {
      waiting ??= timers.after(ms, () => {
        waiting = undefined;
        run();
      });
    },
    dispose: () => waiting?.dispose(),
  };
}
