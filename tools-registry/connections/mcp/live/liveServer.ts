import type { McpServer, McpServerStatus } from '../../../contract/index.ts';
import { createMask } from '../../../host/mask.ts';
import { isSuspicious } from '../contracts/contractScan.ts';
import { createLockBook, type LockBook } from '../contracts/lockBook.ts';
import type { McpWorld } from '../ports.ts';
import { createMessageRing, type MessageRing } from '../wire/messageRing.ts';
import type { Connection } from './connection.ts';
import { createLink, type Link, type Linked } from './link.ts';

/** ms before the second attempt, doubled for each further one, and the most. */
const BACK_OFF = { first: 1_000, most: 5 * 60_000 };
/** ms between "are you there", and of them between lists: not every server says that its tools are others. */
const HEALTH = 30_000;
const RELIST = 10;
/** ms for which a call takes the last failure for an answer. */
const FRESH = 2_000;
/** ms between two lists because a server says that its tools are others. */
const REST = 1_000;
/** ms after the first list in which further tools belong to it. */
const SETTLING = 5_000;
/** Connections of persons of their own to one server. */
const PERSONS = 50;

/** A server of a tenant, for as long as it is saved as it is. */
export interface LiveServer {
  readonly server: McpServer;
  readonly status: McpServerStatus;
  locks: LockBook;
  ring: MessageRing;
  mask: ReturnType<typeof createMask>;
  /** Connects, and connects again for ever. */
  keepConnected(): void;
  /** An open connection, with the access of this person. */
  connected(user: string | undefined): Promise<Linked>;
  /** A call went wrong that may be because of the connection: it is looked at now. */
  suspect(): void;
  /** Connects now, whatever the back-off says, with the access of this person where everybody has their own. */
  recheck(user?: string): Promise<McpServerStatus>;
  close(): Promise<void>;
}

export function createLiveServer(world: McpWorld, tenantId: string, server: McpServer): LiveServer {
  const mask = createMask();
  const ring = createMessageRing(mask, world.now);
  const locks = createLockBook(world, tenantId, server.id);
  const persons = new Map<string, Link>();
  let status: McpServerStatus = {
    state: server.enabled ? 'connecting' : 'disabled',
    message: '',
    checkedAt: null,
  };
  let kept = false;
  let closed = false;
  let failures = 0;
  let checks = 0;
  let firstListed: number | undefined;
  let cancelTimer = () => {};

  const tell = (next: McpServerStatus) => {
    if (closed) return;
    const { state, message } = status;
    status = next;
    if (next.state !== state || next.message !== message)
      world.changed(tenantId, server.id, { kind: 'status' });
  };

  async function list(connection: Connection, user: string | undefined): Promise<void> {
    const contracts = await connection.tools();
    if (closed) return;
    if ((await locks.current()).revision === 0) firstListed = world.now();
    const serverVersion = connection.facts.serverInfo?.version;
    const news = await locks.listed({
      contracts,
      at: world.now(),
      ...(serverVersion !== undefined && { serverVersion }),
      savedBy: server.savedBy,
      suspicious: isSuspicious,
      partial: user !== undefined,
      settling: firstListed !== undefined && world.now() - firstListed < SETTLING,
    });
    if (news) world.changed(tenantId, server.id, { kind: 'locks' });
  }

  /** One list at a time, and one more after a rest when it changed meanwhile: some say so with every list. */
  function relisting(user: string | undefined) {
    let resting = false;
    let again = false;
    return function relist(connection: Connection): void {
      if (resting) {
        again = true;
        return;
      }
      resting = true;
      again = false;
      const rested = () => {
        resting = false;
        if (again && !closed) relist(connection);
      };
      list(connection, user)
        .catch((error: unknown) => failed(connection, error))
        .finally(() => world.schedule(REST, rested));
    };
  }

  function failed(connection: Connection, error: unknown): void {
    if (shared.connection !== connection) return;
    const why = connection.why(error);
    void shared.close();
    lost(why.state, mask.text(why.message));
  }

  function linkOf(user: string | undefined): Link {
    const relist = relisting(user);
    return createLink({
      world,
      tenantId,
      server,
      user,
      mask,
      ring,
      opened: (connection) => list(connection, user),
      toolsChanged: relist,
      ended: (message) => (user === undefined ? lost('error', message) : undefined),
    });
  }

  const shared = linkOf(undefined);

  function lost(state: McpServerStatus['state'], message: string): void {
    tell({ state, message, checkedAt: world.now() });
    again();
  }

  /** Tries again later; what needs a person does not get better by trying. */
  function again(): void {
    cancelTimer();
    if (!kept || closed || status.state !== 'error') return;
    const wait = Math.min(BACK_OFF.most, BACK_OFF.first * 2 ** Math.min(failures, 20));
    failures++;
    cancelTimer = world.schedule(wait, () => void connect());
  }

  async function connect(): Promise<Linked> {
    const before = shared.connection;
    const linked = await shared.connect();
    if (closed) return linked;
    if (!linked.ok) {
      tell({ state: linked.state, message: linked.message, checkedAt: world.now() });
      again();
    } else if (linked.connection !== before) {
      failures = 0;
      tell({ state: 'connected', message: '', checkedAt: world.now(), ...linked.connection.facts });
      watch(linked.connection);
    }
    return linked;
  }

  function watch(connection: Connection): void {
    cancelTimer();
    cancelTimer = world.schedule(HEALTH, () => void check(connection));
  }

  async function check(connection: Connection): Promise<void> {
    try {
      const latency = await connection.ping();
      if (++checks % RELIST === 0) await list(connection, undefined);
      if (shared.connection !== connection) return;
      status = { ...status, latency, checkedAt: world.now() };
      watch(connection);
    } catch (error) {
      failed(connection, error);
    }
  }

  async function connected(user: string | undefined): Promise<Linked> {
    if (!server.enabled) {
      const message = `Expected '${server.name}' to be switched on, but it is off`;
      return { ok: false, state: 'disabled', message };
    }
    if (user === undefined || server.auth.kind !== 'user') {
      const { state, message, checkedAt } = status;
      const fresh = checkedAt !== null && world.now() - checkedAt < FRESH;
      if (!shared.connection && state === 'error' && fresh) return { ok: false, state, message };
      return connect();
    }
    let link = persons.get(user);
    if (!link) {
      link = linkOf(user);
      persons.set(user, link);
      const [oldest] = persons;
      if (persons.size > PERSONS && oldest) {
        persons.delete(oldest[0]);
        void oldest[1].close();
      }
    }
    return link.connect();
  }

  return {
    server,
    get status() {
      return status;
    },
    locks,
    ring,
    mask,
    keepConnected() {
      if (kept || closed) return;
      kept = true;
      if (server.enabled) void connect();
    },
    connected,
    suspect() {
      const { connection } = shared;
      if (connection) void check(connection);
    },
    async recheck(user) {
      if (!server.enabled) return status;
      if (user !== undefined && server.auth.kind === 'user') {
        await persons.get(user)?.close();
        const checkedAt = world.now();
        const linked = await connected(user);
        return linked.ok
          ? { state: 'connected', message: '', checkedAt, ...linked.connection.facts }
          : { state: linked.state, message: linked.message, checkedAt };
      }
      cancelTimer();
      failures = 0;
      await shared.close();
      await connect();
      return status;
    },
    async close() {
      closed = true;
      cancelTimer();
      await Promise.all([shared.close(), ...[...persons.values()].map((link) => link.close())]);
    },
  };
}
