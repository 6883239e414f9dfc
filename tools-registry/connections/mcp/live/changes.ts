import type { Client } from '@modelcontextprotocol/client';
import type { McpWorld } from '../ports.ts';
import type { ConnectionEvents } from './connection.ts';

/** ms before the first of the attempts to hear of changes again, doubled for each further one. */
const LISTEN_AGAIN = { first: 1_000, attempts: 6 };

/** Hears of changes for as long as the connection is there: the newer generation tells of them in a stream, which may end. */
export async function listenOn(
  client: Client,
  world: McpWorld,
  events: ConnectionEvents,
  over: () => boolean,
): Promise<void> {
  let subscription = client.autoOpenedSubscription;
  let attempts = 0;
  while (subscription && attempts < LISTEN_AGAIN.attempts) {
    if ((await subscription.closed) === 'local' || over()) return;
    await new Promise<void>((resolve) => world.schedule(LISTEN_AGAIN.first * 2 ** attempts++, resolve));
    if (over()) return;
    subscription = await client.listen({ toolsListChanged: true }).then(
      (opened) => {
        attempts = 0;
        return opened;
      },
      () => subscription,
    );
    events.toolsChanged();
  }
}
