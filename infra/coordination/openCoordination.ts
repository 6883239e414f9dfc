import { embeddedNotices } from './embeddedNotices.ts';
import { embeddedWindows } from './embeddedWindows.ts';
import type { Coordination, CoordinationOptions } from './ports.ts';

export async function openCoordination({ now }: CoordinationOptions): Promise<Coordination> {
  return {
    notices: embeddedNotices(),
    windows: embeddedWindows(now),
    ping: async () => {},
    close: async () => {},
  };
}
