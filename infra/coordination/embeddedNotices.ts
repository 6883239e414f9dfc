import type { Notice, Notices } from './ports.ts';

export interface LocalNotices extends Notices {
  /** Tells this process's subscribers. */
  hear(notice: Notice): void;
  /** Tells them that some may have been missed. */
  lose(): void;
}

/** Notices within one process. */
export function embeddedNotices(): LocalNotices {
  const subscribers = new Set<{ heard: (notice: Notice) => void; lost: () => void }>();
  const hear = (notice: Notice) => {
    for (const { heard } of subscribers) heard(notice);
  };
  return {
    hear,
    lose() {
      for (const { lost } of subscribers) lost();
    },
    async publish(notice) {
      hear(notice);
    },
    subscribe(heard, lost) {
      const subscriber = { heard, lost };
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
}
