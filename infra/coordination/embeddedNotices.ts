import type { Notice, Notices } from './ports.ts';

/** Notices within the one process there is. */
export function embeddedNotices(): Notices {
  const heard = new Set<(notice: Notice) => void>();
  return {
    async publish(notice) {
      for (const hear of heard) hear(notice);
    },
    subscribe(hear) {
      heard.add(hear);
      return () => heard.delete(hear);
    },
  };
}
