import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Notice, Notices } from '@baton/infra/coordination';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Access } from '../access/access.ts';
import type { Standing } from '../access/standing.ts';
import type { TenantNames } from '../access/tenantNames.ts';
import {
  type ClientMessage,
  clientMessage,
  closeCodes,
  type Permission,
  type ServerMessage,
  type Topic,
} from '../api/index.ts';
import type { Principal } from '../auth/principal.ts';
import type { VerifyToken } from '../auth/verifyToken.ts';
import type { Clock } from '../dependencies.ts';
import type { VerifyKey } from '../keys/verifyKey.ts';
import type { ClientAddress } from '../limits/addresses.ts';
import type { Channels } from './channels.ts';
import { type Credentials, credentialsOf, protocol, speaksProtocol } from './credentials.ts';
import type { RecordLive } from './recordLive.ts';

/** Bytes of a client's message, topics of one socket, and bytes that may be left unread. */
const limits = { message: 16_384, subscriptions: 200, unread: 4 * 1024 * 1024 };
/** ms between pings; a socket that missed one is cut, and each time its member's standing is looked at. */
const pingEvery = 30_000;
/** Longest delay a timer takes. */
const longestDelay = 2 ** 31 - 1;

/** All that is needed to follow a topic. */
const topicPermissions = (topic: Topic): readonly Permission[] => {
  switch (topic) {
    case 'user-tasks':
      return ['userTasks:read'];
    case 'workflows':
    case 'agents':
    case 'tools':
    case 'tasks':
    case 'prompts':
    case 'policies':
    case 'templates':
    case 'forms':
    case 'decisions':
    case 'notes':
    case 'providers':
      return [`${topic}:read`];
    case 'users':
    case 'roles':
    case 'quotas':
    case 'tenant':
    case 'tenants':
    case 'audit':
      return [`${topic}:read`];
    case 'api-keys':
      return ['apiKeys:read'];
    case 'mcp-servers':
      return ['mcpServers:read'];
    case 'runs':
      return ['agents:read', 'instances:read'];
    case 'alerts':
      return ['quotas:read'];
    default:
      return ['instances:read'];
  }
};

export interface SocketOptions {
  channels: Channels;
  verify: VerifyToken;
  verifyKey: VerifyKey;
  agree: TenantNames;
  standing: Standing;
  access: Access;
  /** Whether the tenant lets that address in. */
  admits(tenantId: string, address: string): Promise<boolean>;
  clientAddress: ClientAddress;
  /** Tells the audit of denials and of uses of keys. */
  record: RecordLive;
  /** Of changes that may concern an open socket; heard after what is kept in memory was forgotten. */
  notices: Notices;
  clock: Clock;
  /** Origins whose pages may open a socket. */
  origins: readonly string[];
  log: Logger;
}

export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  close(): void;
}

/** Somebody's open socket. */
interface OpenSocket {
  principal: Principal;
  /** Looks again at what they may follow, or whether they may stay. */
  recheck(): void;
}

export function createSockets(options: SocketOptions): Sockets {
  const { agree, notices, origins, log } = options;
  const open = new Set<OpenSocket>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.message,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  });

  const recheck = (concerns: (principal: Principal) => boolean) => {
    for (const socket of open) if (concerns(socket.principal)) socket.recheck();
  };
  const stopHearing = notices.subscribe(
    (notice) => recheck((principal) => isAbout(notice, principal)),
    () => recheck(() => true),
  );

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const broken = () => socket.destroy();
    socket.on('error', broken);
    const from = request.headers.origin;
    if (from !== undefined && !origins.includes(from)) {
      await options.record({ action: 'live.open', topic: '', errorCode: 'PERMISSION_DENIED' });
      return refuseUpgrade(socket, '403 Forbidden');
    }
    const address = options.clientAddress(request);
    const denied = async (errorCode: string) => {
      await options.record({ action: 'live.open', topic: '', errorCode });
      refuseUpgrade(socket, '401 Unauthorized');
    };
    const credentials = speaksProtocol(request) ? credentialsOf(request) : undefined;
    if (!credentials) return denied('UNAUTHENTICATED');
    const verified = await verifiedBy(options, credentials);
    if (!verified.ok) return denied(verified.failure.code);
    const principal = verified.value;
    if (!agree(request.headers, principal.tenantId).ok) return refuseUpgrade(socket, '400 Bad Request');
    if (principal.kind === 'key' && !(await options.record({ principal, action: 'live.open', topic: '' }))) {
      return refuseUpgrade(socket, '503 Service Unavailable');
    }
    socket.off('error', broken);
    server.handleUpgrade(request, socket, head, (client) => {
      const opened = serve(client, socket, principal, { credentials, address }, options);
      open.add(opened);
      client.on('close', () => open.delete(opened));
      // Whoever may not stay is told by the close code, which a browser sees; a refused upgrade tells it nothing.
      opened.recheck();
    });
    log.debug({ tenantId: principal.tenantId, userId: principal.userId }, 'live connection');
  }

  return {
    upgrade: (request, socket, head) =>
      upgrade(request, socket, head).catch((err: unknown) => {
        log.error({ err }, 'a live connection could not be opened');
        refuseUpgrade(socket, '503 Service Unavailable');
      }),
    close() {
      stopHearing();
      for (const client of server.clients) client.close(1001, 'shutting down');
      server.close();
    },
  };
}

function isAbout({ kind, tenantId, id }: Notice, principal: Principal): boolean {
  if (tenantId !== principal.tenantId) return false;
  const ofOne = kind === 'member' || kind === 'session' || kind === 'apiKey';
  return !ofOne || id === undefined || id === principal.userId;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The same for the life of a connection: a token or key that was good may be none any more. */
const verifiedBy = ({ verify, verifyKey }: SocketOptions, { kind, text }: Credentials) =>
  kind === 'key' ? verifyKey(text) : verify(text);

function serve(
  client: WebSocket,
  connection: Duplex,
  principal: Principal,
  { credentials, address }: { credentials: Credentials; address: string },
  options: SocketOptions,
): OpenSocket {
  const { channels, standing, access, admits, record, clock, log } = options;
  const { tenantId, userId } = principal;
  /** How to end each. */
  const subscriptions = new Map<Topic, () => void>();
  /** As they stood when last looked at; nobody has anything before. */
  let member: Principal = { ...principal, roles: [] };
  let permitted: string | undefined;
  let alive = true;
  let alreadyAsked = false;
  let work = Promise.resolve();

  /** One thing after the other: what was allowed before a change is looked at again after it. */
  function next(step: () => void | Promise<void>) {
    work = work
      .then(() => (client.readyState === client.OPEN ? step() : undefined))
      .catch((error: unknown) => {
        log.error({ err: error, tenantId, userId }, 'live connection failed');
        client.terminate();
      });
  }

  let corked = false;
  /** What is sent in one turn leaves in one write. */
  function cork() {
    if (corked) return;
    corked = true;
    connection.cork();
    process.nextTick(() => {
      corked = false;
      connection.uncork();
    });
  }

  function write(message: string | Buffer) {
    if (client.readyState !== client.OPEN) return;
    if (client.bufferedAmount > limits.unread) {
      log.warn({ tenantId, userId }, 'live connection cut: its reader is too slow');
      // Whoever reads on to the end of what was sent finds the code there.
      client.close(closeCodes.tooSlow, 'TOO_SLOW');
      return;
    }
    cork();
    client.send(message, { binary: false });
  }
  const send = (message: ServerMessage) => write(JSON.stringify(message));

  /** The first permission that they lack for a topic. */
  async function lackedFor(topic: Topic): Promise<Permission | undefined> {
    for (const permission of topicPermissions(topic)) {
      if (!(await access.allows(tenantId, member, permission))) return permission;
    }
    return undefined;
  }
  const denied = (permission: Permission) => ({
    error_code: 'PERMISSION_DENIED',
    message: `Expected a role with the permission ${permission}, but ${principal.username} has none`,
  });

  async function look() {
    alreadyAsked = false;
    const verified = await verifiedBy(options, credentials);
    if (!verified.ok) {
      // An issuer that cannot be asked says nothing about the token.
      if (verified.failure.code === 'ISSUER_UNAVAILABLE') return;
      return client.close(closeCodes.tokenEnded, verified.failure.code);
    }
    const standsNow = await standing.of(verified.value);
    if (!standsNow.ok) return client.close(closeCodes.shutOut, standsNow.failure.code);
    if (!(await admits(tenantId, address))) return client.close(closeCodes.shutOut, 'ADDRESS_DENIED');
    member = standsNow.value;
    for (const [topic, end] of [...subscriptions]) {
      const lacked = await lackedFor(topic);
      if (!lacked) continue;
      end();
      subscriptions.delete(topic);
      send({ type: 'ended', topic, ...denied(lacked) });
    }
    const before = permitted;
    permitted = [...member.roles, ...(await access.permissionsOf(tenantId, member))].join();
    if (before !== undefined && before !== permitted) send({ type: 'access' });
  }

  /** Once however many changes come while it waits for its turn. */
  function recheck() {
    if (alreadyAsked) return;
    alreadyAsked = true;
    next(look);
  }

  async function subscribe(topic: Topic, after: number | undefined) {
    const lacked = await lackedFor(topic);
    if (lacked) {
      const refusal = denied(lacked);
      await record({ principal, action: 'live.subscribe', topic, errorCode: refusal.error_code });
      return send({ type: 'error', topic, ...refusal });
    }
    if (client.readyState !== client.OPEN) return;
    subscriptions.get(topic)?.();
    subscriptions.delete(topic);
    if (subscriptions.size >= limits.subscriptions) {
      return send({
        type: 'error',
        topic,
        error_code: 'VALIDATION_FAILED',
        message: `Expected at most ${limits.subscriptions} topics on one connection, but '${topic}' is one more`,
      });
    }
    if (principal.kind === 'key' && !(await record({ principal, action: 'live.subscribe', topic }))) {
      const message = 'Expected to record what is done, but the audit cannot be written now';
      return send({ type: 'error', topic, error_code: 'AUDIT_UNAVAILABLE', message });
    }
    if (client.readyState !== client.OPEN) return;
    subscriptions.set(
      topic,
      channels.subscribe(tenantId, topic, after, {
        subscribed: (id) => send({ type: 'subscribed', topic, id }),
        reset: (id) => send({ type: 'reset', topic, id }),
        event: write,
      }),
    );
  }

  function take(message: ClientMessage) {
    switch (message.type) {
      case 'subscribe':
        return next(() => subscribe(message.topic, message.after));
      case 'unsubscribe':
        return next(() => {
          subscriptions.get(message.topic)?.();
          subscriptions.delete(message.topic);
        });
      case 'ping':
        send({ type: 'pong' });
    }
  }

  client.on('message', (data) => {
    const message = clientMessage.safeParse(parse(String(data)));
    if (message.success) return take(message.data);
    send({
      type: 'error',
      error_code: 'VALIDATION_FAILED',
      message: 'Expected a message subscribe, unsubscribe or ping, but got something else',
    });
  });

  client.on('pong', () => {
    alive = true;
  });
  function ping() {
    if (!alive) return client.terminate();
    alive = false;
    client.ping();
    recheck();
    cancelPing = clock.after(pingEvery, ping);
  }
  let cancelPing = clock.after(pingEvery, ping);
  const cancelExpiry = clock.after(Math.min(principal.expiresAt - clock.now(), longestDelay), () =>
    client.close(closeCodes.tokenEnded, 'TOKEN_EXPIRED'),
  );
  client.on('error', () => client.terminate());
  client.on('close', () => {
    cancelPing();
    cancelExpiry();
    for (const end of subscriptions.values()) end();
    subscriptions.clear();
  });
  return { principal, recheck };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
