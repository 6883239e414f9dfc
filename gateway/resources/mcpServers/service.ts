import { failed, ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import {
  jsonHash,
  type McpServerStore,
  type Page,
  type PageRequest,
  type ResourceStore,
  type McpServer as StoredMcpServer,
} from '@baton/infra/store';
import type { McpAuth as Auth, McpConnections } from '@baton/tools-registry/contract';
import type { Logger } from 'pino';
import type { McpAuthBody, McpServerBody, McpServerChange } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { NameClaims } from '../references/claims.ts';
import { mcpServerReference } from '../versioned/references.ts';
import type { OpenMcpCredentials } from './credentials.ts';
import { type KnownServer, knownServer, originOf } from './knownServer.ts';
import { statusView } from './views.ts';

/** What the connections tell of a server: its state, or what is known of its tools. */
export interface McpNews {
  kind: 'status' | 'locks';
}

/** A tenant's MCP servers: what is saved of them, and what follows from it for their connections. */
export interface McpServerService {
  list(tenantId: string, page: PageRequest): Promise<Page<KnownServer>>;
  get(tenantId: string, id: string): Promise<Result<KnownServer, Refusal>>;
  create(tenantId: string, wish: McpServerBody, by: string): Promise<Result<KnownServer, Refusal>>;
  /** @param expectedHash hash of what was edited; `*` = whatever there is. */
  replace(
    tenantId: string,
    id: string,
    expectedHash: string,
    wish: McpServerBody,
    by: string,
  ): Promise<Result<KnownServer, Refusal>>;
  delete(tenantId: string, id: string): Promise<Result<void, Refusal>>;
  /** @param hash of the command, as whoever approves it has seen it. */
  approve(tenantId: string, id: string, hash: string, by: string): Promise<Result<KnownServer, Refusal>>;
  /** Why it would not be saved, whatever else is stored. */
  refusalOf(wish: Pick<McpServerBody, 'transport' | 'auth'>): Promise<Refusal | undefined>;
  /** Credentials were given or taken away: it is connected anew, in every process. */
  credentialsChanged(tenantId: string, id: string): Promise<void>;
  usedBy(server: KnownServer): Promise<number>;
  /** What the connections of this process say. */
  heard(tenantId: string, id: string, news: McpNews): void;
  close(): Promise<void>;
}

/** Servers of a tenant: each is a connection that is kept. */
const mostServers = 200;

export interface McpServerOptions {
  store: McpServerStore;
  resources: ResourceStore;
  connections: McpConnections;
  credentials: OpenMcpCredentials;
  /** Programs of this machine may be servers. */
  programs: boolean;
  /** Why an address would be refused, in words. */
  refusal(url: string): Promise<string | undefined>;
  locks: { delete(tenantId: string, serverId: string): Promise<void> };
  names: NameClaims;
  notices: Notices;
  tenantIds(): Promise<readonly string[]>;
  newId(): string;
  now(): number;
  changed(tenantId: string, change: McpServerChange): void;
  log: Logger;
}

export function createMcpServerService(options: McpServerOptions): McpServerService {
  const { store, resources, connections, credentials, notices, log } = options;
  const at = () => new Date(options.now());
  const missing = (id: string) => refuse('NOT_FOUND', `Expected an MCP server '${id}', but there is none`);
  const nameTaken = (name: string) =>
    refuse('ALREADY_EXISTS', `Expected a new name for the MCP server, but '${name}' is taken`, { name });
  const underWay = new Set<Promise<void>>();
  let closed = false;

  function inBackground(work: () => Promise<unknown>) {
    const working = work()
      .then(() => undefined)
      .catch((err: unknown) => log.error({ err }, 'work on MCP servers failed'))
      .finally(() => underWay.delete(working));
    underWay.add(working);
  }

  const found = async (tenantId: string, id: string) => {
    const stored = await store.get(tenantId, id);
    return stored && knownServer(stored);
  };

  /** Tells every process, this one too. */
  const connectAnew = (tenantId: string, id: string) => notices.publish({ kind: 'mcpServer', tenantId, id });
  /** Whoever keeps tools reads those of the server again. */
  const toolsChanged = ({ tenantId, name }: StoredMcpServer) =>
    notices.publish({ kind: 'tool', tenantId, id: `${name}.` });

  function announce(change: McpServerChange['change'], { tenantId, id, name }: StoredMcpServer) {
    inBackground(async () => {
      const tools = await connections.counts(tenantId, id);
      options.changed(tenantId, {
        change,
        id,
        name,
        status: statusView(connections.status(tenantId, id)),
        tools,
      });
    });
  }

  async function announceNews(tenantId: string, id: string, news: McpNews) {
    const stored = await store.get(tenantId, id);
    if (!stored || closed) return;
    if (news.kind === 'locks') await toolsChanged(stored);
    announce(news.kind === 'locks' ? 'tools' : 'status', stored);
  }

  const stopHearing = notices.subscribe(
    ({ kind, tenantId, id }) => {
      if (id === undefined || closed) return;
      if (kind === 'mcpServer') inBackground(() => connections.serverChanged(tenantId, id));
      if (kind === 'mcpLock') connections.locksChanged(tenantId, id);
    },
    () =>
      inBackground(async () => {
        for (const tenantId of await options.tenantIds()) {
          for (const { id } of await store.all(tenantId)) {
            if (closed) return;
            connections.locksChanged(tenantId, id);
            await connections.serverChanged(tenantId, id);
          }
        }
      }),
  );

  const wrong = (path: readonly string[], message: string): Refusal => ({
    code: 'VALIDATION_FAILED',
    message,
    details: { issues: [{ path: ['body', ...path], message }] },
  });

  async function refusalOf({
    transport,
    auth,
  }: Pick<McpServerBody, 'transport' | 'auth'>): Promise<Refusal | undefined> {
    if (transport.kind === 'stdio') {
      if (!options.programs)
        return wrong(
          ['transport', 'kind'],
          'Expected a server with an address, but this installation starts no programs; whoever runs it allows them with the variable MCP_STDIO',
        );
      return auth.kind === 'none'
        ? undefined
        : wrong(
            ['auth', 'kind'],
            'Expected no authorization for a program, but there is one; what it needs to know is given in its environment',
          );
    }
    const refused = await options.refusal(transport.url);
    return refused === undefined ? undefined : wrong(['transport', 'url'], refused);
  }

  const settingsOf = ({ name, description, transport, auth, timeout, enabled }: McpServerBody) => ({
    name,
    description,
    transport,
    auth: settledAuth(auth),
    timeout,
    enabled,
  });

  const usedBy = async (tenantId: string, name: string, limit: number) =>
    resources.referring(tenantId, undefined, mcpServerReference(name), { limit, offset: 0 });

  async function refusedInUse(tenantId: string, name: string, what: string): Promise<Result<void, Refusal>> {
    const { items, total } = await usedBy(tenantId, name, 20);
    if (total === 0) return ok();
    const told = items.slice(0, 3).map((item) => `${item.kind} '${item.name}'`);
    return refuse(
      'IN_USE',
      `Expected to ${what} an MCP server that nothing uses, but ${told.join(', ')}${total > 3 ? ' …' : ''} ${total === 1 ? 'names a tool' : 'name tools'} of '${name}'`,
      { usedBy: items.map(({ kind, id, name }) => ({ kind, id, name })), total },
    );
  }

  return {
    async list(tenantId, page) {
      const { items, total } = await store.list(tenantId, page);
      return { items: items.map(knownServer), total };
    },

    async get(tenantId, id) {
      const server = await found(tenantId, id);
      return server ? ok(server) : missing(id);
    },

    refusalOf,

    async create(tenantId, wish, by) {
      const refused = await refusalOf(wish);
      if (refused) return failed(refused);
      if (wish.auth.kind === 'header' && wish.auth.value === undefined)
        return failed(
          wrong(['auth', 'value'], 'Expected the value of the header, but there is none saved to keep'),
        );
      const { total } = await store.list(tenantId, { limit: 0, offset: 0 });
      if (total >= mostServers)
        return refuse(
          'QUOTA_EXCEEDED',
          `Expected at most ${mostServers} MCP servers, but there are as many already`,
        );
      const id = options.newId();
      // Before the server: nobody connects to it without them.
      await credentials.change(tenantId, id, undefined, given(wish.auth));
      const made = await store.create(tenantId, id, {
        ...settingsOf(wish),
        credentialsAt: at(),
        by,
        at: at(),
      });
      if (!made.ok) {
        await credentials.delete(tenantId, id);
        return nameTaken(wish.name);
      }
      announce('created', made.value);
      await connectAnew(tenantId, id);
      return ok(knownServer(made.value));
    },

    async replace(tenantId, id, expectedHash, wish, by) {
      const latest = await found(tenantId, id);
      if (!latest) return missing(id);
      const refused = await refusalOf(wish);
      if (refused) return failed(refused);
      const sameServer = originOf(wish.transport) === originOf(latest.transport);
      const kept = sameServer && wish.auth.kind === latest.auth.kind;
      if (wish.auth.kind === 'header' && wish.auth.value === undefined) {
        const saved = kept && (await credentials.has(tenantId, id, undefined)).has('value');
        // Who does not know the value could otherwise have it sent to a server of their own.
        if (!saved)
          return failed(
            wrong(
              ['auth', 'value'],
              sameServer
                ? 'Expected the value of the header, but there is none saved to keep'
                : 'Expected the value of the header again, because the one that is saved is for another address',
            ),
          );
      }
      const renamed = wish.name !== latest.name;
      const save = async (): Promise<Result<KnownServer, Refusal>> => {
        if (renamed) {
          const free = await refusedInUse(tenantId, latest.name, 'rename');
          if (!free.ok) return free;
        }
        const expected = expectedHash === '*' ? latest.stored.hash : expectedHash;
        if (expected !== latest.stored.hash) return conflict(latest.stored, expected, wish);
        // What people gave for one address is never shown to another: it goes before there is another.
        if (!kept) await credentials.delete(tenantId, id);
        const fields = given(wish.auth, latest.auth);
        const anew = !kept || Object.values(fields).some((field) => typeof field === 'string');
        const credentialsAt = anew ? at() : latest.stored.credentialsAt;
        const saved = await store.update(tenantId, id, expected, {
          ...settingsOf(wish),
          ...(credentialsAt && { credentialsAt }),
          by,
          at: at(),
        });
        if (!saved.ok) {
          const { failure } = saved;
          if ('latest' in failure) return conflict(failure.latest, expected, wish);
          return failure.code === 'NOT_FOUND' ? missing(id) : nameTaken(wish.name);
        }
        await credentials.change(tenantId, id, undefined, fields);
        announce('updated', saved.value);
        await connectAnew(tenantId, id);
        if (renamed) await toolsChanged(latest.stored);
        await toolsChanged(saved.value);
        return ok(knownServer(saved.value));
      };
      return renamed ? options.names.ending(tenantId, mcpServerReference(latest.name), save) : save();
    },

    async delete(tenantId, id) {
      const latest = await found(tenantId, id);
      if (!latest) return missing(id);
      return options.names.ending(tenantId, mcpServerReference(latest.name), async () => {
        const free = await refusedInUse(tenantId, latest.name, 'delete');
        if (!free.ok) return free;
        if (!(await store.delete(tenantId, id))) return missing(id);
        await credentials.delete(tenantId, id);
        await connectAnew(tenantId, id);
        await options.locks.delete(tenantId, id);
        await toolsChanged(latest.stored);
        options.changed(tenantId, {
          change: 'deleted',
          id,
          name: latest.name,
          status: { state: 'disabled', message: '', checkedAt: null },
          tools: { locked: 0, quarantined: 0, new: 0, gone: 0 },
        });
        return ok();
      });
    },

    async approve(tenantId, id, hash, by) {
      const latest = await found(tenantId, id);
      if (!latest) return missing(id);
      const { transport } = latest;
      if (transport.kind !== 'stdio')
        return refuse(
          'INVALID_STATE',
          `Expected a server that is a program, but '${latest.name}' is an address, which needs no approval`,
        );
      if (!options.programs)
        return refuse(
          'INVALID_STATE',
          'Expected an installation that starts programs, but this one does not; whoever runs it allows them with the variable MCP_STDIO',
        );
      const changed = () =>
        refuse(
          'INVALID_STATE',
          'Expected the command as it was seen, but it has changed since: look at it again',
        );
      if (connections.commandHash(transport) !== hash) return changed();
      const approved = await store.approve(tenantId, id, latest.stored.hash, { hash, by, at: at() });
      if (!approved) return changed();
      announce('updated', approved);
      await connectAnew(tenantId, id);
      return ok(knownServer(approved));
    },

    credentialsChanged: connectAnew,

    usedBy: async ({ stored: { tenantId, name } }) => (await usedBy(tenantId, name, 0)).total,

    heard(tenantId, id, news) {
      if (closed) return;
      if (news.kind === 'locks') inBackground(() => notices.publish({ kind: 'mcpLock', tenantId, id }));
      inBackground(() => announceNews(tenantId, id, news));
    },

    async close() {
      closed = true;
      stopHearing();
      await Promise.all(underWay);
    },
  };
}

/** What is to be stored of the credentials that came with a wish: `undefined` stays, `null` goes. */
function given(auth: McpAuthBody, before?: Auth) {
  const none = { value: null, clientSecret: null, oauth: null };
  switch (auth.kind) {
    case 'none':
      return none;
    case 'user':
      return { ...none, value: auth.value && tokenIn(auth.header, auth.value) };
    case 'header':
      return { ...none, value: auth.value };
    case 'oauth': {
      // Tokens are of one client, for what was asked for.
      const same = before !== undefined && jsonHash(before) === jsonHash(settledAuth(auth));
      return { value: null, clientSecret: auth.clientSecret, ...(!same && { oauth: null }) };
    }
  }
}

/** What a header says with a token: people often have the token alone. */
export function tokenIn(header: string, token: string): string {
  return /^authorization$/i.test(header) && !token.includes(' ') ? `Bearer ${token}` : token;
}

/** Authorization without what is secret of it. */
export function settledAuth(auth: McpAuthBody): Auth {
  switch (auth.kind) {
    case 'none':
      return { kind: auth.kind };
    case 'header':
      return { kind: auth.kind, name: auth.name };
    case 'oauth':
      return {
        kind: auth.kind,
        scopes: auth.scopes,
        ...(auth.clientId !== undefined && { clientId: auth.clientId }),
      };
    case 'user':
      return { kind: auth.kind, header: auth.header };
  }
}

function conflict(theirs: StoredMcpServer, base: string, wish: McpServerBody): Result<never, Refusal> {
  const shown = ({ name, description, timeout, enabled }: McpServerBody | StoredMcpServer) => ({
    name,
    description,
    timeout,
    enabled,
  });
  return refuse(
    'VERSION_CONFLICT',
    `Expected to save over what was edited, but ${theirs.changedBy} has saved the MCP server since`,
    {
      yours: { base, ...shown(wish), transport: wish.transport, auth: settledAuth(wish.auth) },
      theirs: {
        hash: theirs.hash,
        author: theirs.changedBy,
        savedAt: theirs.changedAt.toISOString(),
        ...shown(theirs),
        transport: theirs.transport,
        auth: theirs.auth,
      },
    },
  );
}
