import type { McpCheckSecrets, McpServer, McpServerState } from '../../../contract/index.ts';
import type { Mask } from '../../../host/mask.ts';
import type { McpWorld } from '../ports.ts';
import type { MessageRing } from '../wire/messageRing.ts';
import { accessTo } from './access.ts';
import type { Connection, ConnectionEvents } from './connection.ts';

export interface LinkOptions {
  world: McpWorld;
  tenantId: string;
  server: McpServer;
  /** Whose own access is used. */
  user: string | undefined;
  secrets?: McpCheckSecrets;
  mask: Mask;
  ring: MessageRing;
  /** Nothing is asked of it before its tools are known. */
  opened(connection: Connection): Promise<void>;
  toolsChanged(connection: Connection): void;
  ended(message: string): void;
}

export type Linked =
  | { ok: true; connection: Connection }
  | { ok: false; state: McpServerState; message: string };

/** The way of one person, or of the server itself, to a server: open once for all who need it. */
export interface Link {
  /** Opens it unless it is open. */
  connect(): Promise<Linked>;
  readonly connection: Connection | undefined;
  /** Ends the connection; the next `connect` opens another. */
  close(): Promise<void>;
}

export function createLink(options: LinkOptions): Link {
  const { world, tenantId, server, user, secrets, mask, ring } = options;
  let connection: Connection | undefined;
  let opening: Promise<Linked> | undefined;
  /** Counts closings: what was begun before one is of no use after it. */
  let generation = 0;
  let stop = new AbortController();

  /** A fault of our own is not the server's, and no reason to give it up. */
  const open = () =>
    opened().catch((error: unknown): Linked => {
      world.report?.(error);
      const message = `Expected to read and keep what is known of '${server.name}', but that failed; it is tried again`;
      return { ok: false, state: 'error', message };
    });

  async function opened(): Promise<Linked> {
    const mine = generation;
    const access = await accessTo(world, tenantId, server, user, secrets, mask);
    if (!access.ok) return access;
    let fresh: Connection | undefined;
    let over: string | undefined;
    const events: ConnectionEvents = {
      toolsChanged: () => fresh && options.toolsChanged(fresh),
      ended(message) {
        over = mask.text(message);
        if (connection !== fresh || !fresh) return;
        connection = undefined;
        options.ended(over);
      },
    };
    const { openConnection } = await import('./connection.ts');
    const result = await openConnection(world, server, access, ring, events, stop.signal);
    if (!result.ok) return { ...result, message: mask.text(result.message) };
    fresh = result.connection;
    try {
      await options.opened(fresh);
    } catch (error) {
      await fresh.close();
      const why = fresh.why(error);
      return { ok: false, ...why, message: mask.text(why.message) };
    }
    if (over !== undefined) return { ok: false, state: 'error', message: over };
    if (mine !== generation) {
      await fresh.close();
      return {
        ok: false,
        state: 'connecting',
        message: `Expected '${server.name}' as it was, but it was changed`,
      };
    }
    connection = fresh;
    return { ok: true, connection };
  }

  return {
    connect() {
      if (connection) return Promise.resolve({ ok: true, connection });
      opening ??= open().finally(() => {
        opening = undefined;
      });
      return opening;
    },
    get connection() {
      return connection;
    },
    async close() {
      generation++;
      stop.abort();
      stop = new AbortController();
      opening = undefined;
      const closing = connection;
      connection = undefined;
      await closing?.close();
    },
  };
}
