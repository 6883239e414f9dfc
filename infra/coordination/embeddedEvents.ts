import { createTail, type EventTail, keptFor, keptNames } from './eventTail.ts';
import type { CoordinationOptions, Events } from './ports.ts';

interface Kept {
  tail: EventTail;
  /** The highest order told of each name, newest last. */
  told: Map<string, number>;
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
    const made: Kept = { tail: createTail(), told: new Map(), cancelRemoval: undefined };
    made.tail.load({ base: Math.floor(now() * 1000), events: [] });
    streams.set(name, made);
    return made;
  }

  return {
    isFollowed: ({ name }) => streams.has(name),

    publish({ name }, data, telling) {
      const stream = streams.get(name);
      if (!stream) return;
      const { tail, told } = stream;
      if (telling) {
        if ((told.get(telling.name) ?? -1) >= telling.order) return;
        told.delete(telling.name);
        told.set(telling.name, telling.order);
        if (told.size > keptNames) told.delete(told.keys().next().value!);
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
