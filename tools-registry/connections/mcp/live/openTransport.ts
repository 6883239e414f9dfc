import { SSEClientTransport, SseError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { McpServer } from '../../../contract/index.ts';
import type { McpWorld } from '../ports.ts';
import { boundedFetch } from '../wire/boundedFetch.ts';
import type { MessageRing } from '../wire/messageRing.ts';
import { StdioTransport } from '../wire/stdioTransport.ts';
import { WatchedTransport } from '../wire/watchedTransport.ts';
import type { Access } from './access.ts';

/** The way to a server, not begun yet. */
export function openTransport(
  world: McpWorld,
  { name, transport }: McpServer,
  access: Access & { ok: true },
  ring: MessageRing,
): WatchedTransport {
  const { now, schedule, startProcess } = world;
  if (transport.kind === 'stdio') {
    if (!startProcess) throw new Error('no command is started here');
    const { command, args } = transport;
    const chatter = (line: string) => ring.add('received', { noMessage: line });
    const inner = new StdioTransport({
      server: name,
      start: startProcess,
      command,
      args,
      env: access.env,
      chatter,
    });
    return new WatchedTransport(inner, name, ring, now);
  }
  let watched: WatchedTransport | undefined;
  const bounded = boundedFetch(world.fetch, name, (fault) => watched?.fail(fault));
  const options = {
    fetch: bounded,
    requestInit: { headers: access.headers },
    ...(access.provider && { authProvider: access.provider }),
  };
  const url = new URL(transport.url);
  if (transport.kind === 'sse') {
    const inner = new SSEClientTransport(url, options);
    watched = new WatchedTransport(inner, name, ring, now);
    const heard = inner.onerror;
    let open = false;
    inner.onerror = (error) => {
      heard?.call(inner, error);
      // The session went with its stream; opened again by itself, it would be another one that nobody began.
      if (open && error instanceof SseError) {
        watched?.fail({
          kind: 'dropped',
          message: `Expected '${name}' to keep its stream open, but it ended`,
        });
      }
    };
    const start = inner.start.bind(inner);
    inner.start = async () => {
      await start();
      open = true;
    };
    return watched;
  }
  const inner = new StreamableHTTPClientTransport(url, {
    ...options,
    onInsufficientScope: 'throw',
    reconnectionScheduler: (reconnect, delay) => schedule(delay, reconnect),
  });
  watched = new WatchedTransport(inner, name, ring, now);
  return watched;
}
