/** An end that progress puts off. */
export interface Deadline {
  signal: AbortSignal;
  readonly passed: boolean;
  /** Begins the time again. */
  putOff(): void;
  /** Nobody waits any more: no time passes until `putOff`. */
  pause(): void;
  end(): void;
  /** Ends whatever the signal is for, now. */
  abort(): void;
}

export function deadlineOf(schedule: (ms: number, callback: () => void) => () => void, ms: number): Deadline {
  const controller = new AbortController();
  let passed = false;
  let ended = false;
  const begin = () =>
    schedule(ms, () => {
      passed = true;
      controller.abort();
    });
  let cancel = begin();
  return {
    signal: controller.signal,
    get passed() {
      return passed;
    },
    putOff() {
      cancel();
      if (!ended && !passed) cancel = begin();
    },
    pause: () => cancel(),
    end() {
      ended = true;
      cancel();
    },
    abort() {
      ended = true;
      cancel();
      controller.abort();
    },
  };
}
