import { embeddedEvents } from './embeddedEvents.ts';
import { embeddedNotices } from './embeddedNotices.ts';
import { embeddedWindows } from './embeddedWindows.ts';
import type { Coordination, CoordinationOptions } from './ports.ts';

/**
 * The Redis at `redisUrl`, or an embedded twin for one process. The client is loaded here and not before.
 * @throws when the URL is none of a Redis
 */
export async function openCoordination(options: CoordinationOptions): Promise<Coordination> {
  if (options.redisUrl !== undefined) {
    const { redisCoordination } = await import('./redisCoordination.ts');
    return redisCoordination(options.redisUrl, options);
  }
  return {
    notices: embeddedNotices(),
    windows: embeddedWindows(options.now),
    events: embeddedEvents(options),
    ping: async () => {},
    close: async () => {},
  };
}
