import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Access } from '../access/access.ts';
import { clientMessage, type Permission, type ServerMessage, type Topic } from '../api/index.ts';
import type { Principal } from '../auth/principal.ts';
import type { VerifyToken } from '../auth/verifyToken.ts';
import type { Clock } from '../dependencies.ts';
import type { Channels, Subscription } from './channels.ts';

/** Close code when the access token ends; the client comes back with a new one and resumes. */
export const tokenExpired = 4401;

const protocol = 'baton';
const bearer = 'bearer.';
/** Bytes of a client's message, topics of one socket, and bytes a slow reader may leave unread. */
const limits = { message: 16_384, subscriptions: 200, unread: 4 * 1024 * 1024 };
/** ms between pings; a socket that missed one is cut. */
const pingEvery = 30_000;
/** Longest delay a timer takes. */
const longestDelay = 2 ** 31 - 1;

const topicPermission = (topic: Topic): Permission => {
  switch (topic) {
    case 'user-tasks':
      return 'userTasks:read';
    case 'workflows':
    case 'agents':
    case 'tools':
    case 'tasks':
      return `${topic}:read`;
    default:
      return 'instances:read';
  }
};

export interface SocketOptions {
  channels: Channels;
  verify: VerifyToken;
  access: Access;
  clock: Clock;
  /** Origins whose pages may open a socket. */
  origins: readonly string[];
  log: Logger;
}

export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  close(): void;
}

export function createSockets(options: SocketOptions): Sockets {
  const { verify, origins, log } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.message,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  });

  return {
    async upgrade(request, socket, head) {
      const broken = () => socket.destroy();
      socket.on('error', broken);
      const from = request.headers.origin;
      if (from !== undefined && !origins.includes(from)) return refuseUpgrade(socket, '403 Forbidden');
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
      const token = offered.find((name) => name.startsWith(bearer))?.slice(bearer.length);
      const verified = token && offered.includes(protocol) ? await verify(token) : undefined;
      if (!verified?.ok) return refuseUpgrade(socket, '401 Unauthorized');
      socket.off('error', broken);
      server.handleUpgrade(request, socket, head, (client) => serve(client, verified.value, options));
      log.debug({ tenantId: verified.value.tenantId }, 'live connection');
    },
    close() {
      for (const client of server.clients) client.close(1001, 'shutting down');
      server.close();
    },
  };
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function serve(
  client: WebSocket,
  principal: Principal,
  { channels, access, clock, log }: SocketOptions,
): void {
  const { tenantId } = principal;
  const subscriptions = new Map<Topic, Subscription>();
  let alive = true;

  function send(message: ServerMessage) {
    if (client.readyState !== client.OPEN) return;
    if (client.bufferedAmount > limits.unread) {
      log.warn({ tenantId, userId: principal.userId }, 'live connection cut: its reader is too slow');
      client.terminate();
      return;
    }
    client.send(JSON.stringify(message));
  }

  async function subscribe(topic: Topic, after: number | undefined) {
    if (!(await access.allows(tenantId, principal, topicPermission(topic)))) {
      return send({
        type: 'error',
        error_code: 'PERMISSION_DENIED',
        message: `Expected a role with the permission ${topicPermission(topic)}, but ${principal.username} has none`,
      });
    }
    if (client.readyState !== client.OPEN) return;
    subscriptions.get(topic)?.end();
    if (subscriptions.size >= limits.subscriptions) {
      return send({
        type: 'error',
        error_code: 'VALIDATION_FAILED',
        message: `Expected at most ${limits.subscriptions} topics on one connection, but '${topic}' is one more`,
      });
    }
    const subscription = channels.subscribe(tenantId, topic, after, ({ id, data }) =>
      send({ type: 'event', topic, id, data }),
    );
    subscriptions.set(topic, subscription);
    send({ type: subscription.start, topic, id: subscription.id });
    for (const { id, data } of subscription.missed) send({ type: 'event', topic, id, data });
  }

  client.on('message', (data) => {
    const message = clientMessage.safeParse(parse(String(data)));
    if (!message.success) {
      return send({
        type: 'error',
        error_code: 'VALIDATION_FAILED',
        message: 'Expected a message subscribe, unsubscribe or ping, but got something else',
      });
    }
    switch (message.data.type) {
      case 'subscribe':
        void subscribe(message.data.topic, message.data.after);
        break;
      case 'unsubscribe':
        subscriptions.get(message.data.topic)?.end();
        subscriptions.delete(message.data.topic);
        break;
      case 'ping':
        send({ type: 'pong' });
    }
  });

  client.on('pong', () => {
    alive = true;
  });
  function ping() {
    if (!alive) return client.terminate();
    alive = false;
    client.ping();
    cancelPing = clock.after(pingEvery, ping);
  }
  let cancelPing = clock.after(pingEvery, ping);
  const cancelExpiry = clock.after(Math.min(principal.expiresAt - clock.now(), longestDelay), () =>
    client.close(tokenExpired, 'TOKEN_EXPIRED'),
  );
  client.on('error', () => client.terminate());
  client.on('close', () => {
    cancelPing();
    cancelExpiry();
    for (const subscription of subscriptions.values()) subscription.end();
    subscriptions.clear();
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
