import { createTail, type EventTail, keptFor, keptNames } from './eventTail.ts';
import type { CoordinationOptions, Events } from './ports.ts';

interface Kept {
  tail: EventTail;
  /** Names of what was told once, oldest first. */
  told: Set<string>;
  cancelRemoval: (() => void) | undefined;
}

/** Logs within one process. */
export function embeddedEvents({ now, after: wait }: Pick<CoordinationOptions, 'now' | 'after'>): Events {
  const streams = new Map<string, Kept>();

  function open(name: string): Kept {
    const existing = streams.get(name);
    if (existing) {
      existing.cancelRemoval?.();
      existing.cancelRemoval = undefined;
      return existing;
    }
    const made: Kept = { tail: createTail(), told: new Set(), cancelRemoval: undefined };
    made.tail.load({ base: Math.floor(now() * 1000), events: [] });
    streams.set(name, made);
    return made;
  }

  return {
    isFollowed: ({ name }) => streams.has(name),

    publish({ name }, data, once) {
      const stream = streams.get(name);
      if (!stream) return;
      const { tail, told } = stream;
      if (once !== undefined) {
        if (told.has(once)) return;
        told.add(once);
        if (told.size > keptNames) told.delete(told.values().next().value!);
      }
      tail.append({ id: Math.max(tail.last! + 1, Math.floor(now() * 1000)), data });
    },

    follow({ name }, after, follower) {
      const stream = open(name);
      const leave = stream.tail.join(after, follower);
      return () => {
        leave();
        if (stream.tail.followers > 0 || stream.cancelRemoval) return;
        stream.cancelRemoval = wait(keptFor, () => streams.delete(name));
      };
    },
  };
}
