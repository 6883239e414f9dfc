import { type Disposable, disposable } from './disposable.ts';

/** Subscribes a listener; dispose to stop. */
export type Event<T> = (listener: (event: T) => void) => Disposable;

export interface Emitter<T> {
  readonly event: Event<T>;
  fire(event: T): void;
}

/** Listeners added or removed while an event is being fired take effect with the next one. */
export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<(event: T) => void>();
  return {
    event(listener) {
      const own = (event: T) => listener(event);
      listeners.add(own);
      return disposable(() => listeners.delete(own));
    },
    fire(event) {
      for (const listener of [...listeners]) listener(event);
    },
  };
}
