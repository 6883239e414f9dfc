import { createEmitter, type Event } from '../base/event.ts';

/** Moments of the frame contributions may wait for. */
export interface Lifecycle {
  /** What was open last time is open again (or there was nothing). */
  readonly onDidRestore: Event<void>;
  restored(): void;
}

export function createLifecycle(): Lifecycle {
  const restored = createEmitter<void>();
  return { onDidRestore: restored.event, restored: () => restored.fire() };
}
