import type { ConnectionKind, ConnectionTest, JsonValue, ToolConnection } from '../contract/index.ts';
import type { HostAnswer } from '../sandbox/runner.ts';
import type { Dial } from './dial.ts';
import { type MongoDatabase, type MongoRequest, openMongodb } from './mongodb.ts';
import type { ConnectionPlace, OpenConnection, SqlDatabase, SqlStatement } from './openConnection.ts';
import type { Mail, MailServer } from './smtp.ts';

/** Connections that are kept open, of all tenants. */
const KEPT = 100;

/** Databases and mail, by the name a tenant calls them. Whether a tool may use one is decided before. */
export interface ToolConnections {
  query(tenantId: string, name: string, statement: SqlStatement, signal: AbortSignal): Promise<HostAnswer>;
  mongodb(tenantId: string, name: string, request: MongoRequest, signal: AbortSignal): Promise<HostAnswer>;
  send(tenantId: string, name: string, mail: Mail, signal: AbortSignal): Promise<HostAnswer>;
  test(tenantId: string, name: string, signal: AbortSignal): Promise<ConnectionTest>;
  close(): Promise<void>;
}

export interface ConnectionsWorld {
  /** The tenant's connection; `undefined` when there is none of that name. */
  connection(tenantId: string, name: string): Promise<ToolConnection | undefined>;
  dial: Dial;
}

/** Drivers are loaded with the first connection of their kind; the store has that of MongoDB anyway. */
const openers = {
  postgres: async () => (await import('./postgres.ts')).openPostgres,
  mysql: async () => (await import('./mysql.ts')).openMysql,
  mongodb: async () => openMongodb,
  smtp: async () => (await import('./smtp.ts')).openSmtp,
} satisfies { [K in ConnectionKind]: () => Promise<(place: ConnectionPlace) => OpenConnection> };

const titles = {
  postgres: 'a PostgreSQL database',
  mysql: 'a MySQL database',
  mongodb: 'a MongoDB database',
  smtp: 'mail',
} satisfies { [K in ConnectionKind]: string };

interface Kept {
  connection: ToolConnection;
  open: OpenConnection;
}

export function createToolConnections({ connection: find, dial }: ConnectionsWorld): ToolConnections {
  const kept = new Map<string, Kept>();

  const forget = (key: string) => {
    const gone = kept.get(key);
    kept.delete(key);
    void gone?.open.close().catch(() => {});
  };

  async function opened(tenantId: string, name: string): Promise<Kept | undefined> {
    const key = `${tenantId}/${name}`;
    const connection = await find(tenantId, name);
    const open = connection && (await openers[connection.kind]());
    const known = kept.get(key);
    if (known && known.connection.revision === connection?.revision) return known;
    forget(key);
    if (!open) return undefined;
    const made = { connection, open: open({ connection, dial }) };
    kept.set(key, made);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) forget(oldest);
    return made;
  }

  /** Uses the connection, if it is one of these kinds. */
  async function using(
    tenantId: string,
    name: string,
    kinds: readonly ConnectionKind[],
    work: (open: OpenConnection, connection: ToolConnection) => Promise<JsonValue>,
  ): Promise<HostAnswer> {
    let password: string | undefined;
    try {
      const found = await opened(tenantId, name);
      if (!found) {
        const message = `Expected a connection '${name}', but the tenant has none of that name`;
        return { ok: false, code: 'CONNECTION_MISSING', message };
      }
      const { connection, open } = found;
      password = connection.password;
      if (!kinds.includes(connection.kind)) {
        const wanted = kinds.map((kind) => titles[kind]).join(' or ');
        const message = `Expected '${name}' to be a connection to ${wanted}, but it is one to ${titles[connection.kind]}`;
        return { ok: false, code: 'CONNECTION_OF_ANOTHER_KIND', message };
      }
      return { ok: true, value: await work(open, connection) };
    } catch (error) {
      return failure(name, error, password);
    }
  }

  return {
    query: (tenantId, name, statement, signal) =>
      using(tenantId, name, ['postgres', 'mysql'], async (open, { readOnly }) => {
        const asked = { ...statement, readOnly: readOnly || statement.readOnly };
        return (await (open as SqlDatabase).query(asked, signal)) as unknown as JsonValue;
      }),
    mongodb: (tenantId, name, request, signal) =>
      using(tenantId, name, ['mongodb'], (open, { readOnly }) =>
        (open as MongoDatabase).ask({ ...request, readOnly: readOnly || request.readOnly }, signal),
      ),
    send: (tenantId, name, mail, signal) =>
      using(
        tenantId,
        name,
        ['smtp'],
        async (open) => (await (open as MailServer).send(mail, signal)) as unknown as JsonValue,
      ),
    async test(tenantId, name, signal) {
      const all = Object.keys(openers) as ConnectionKind[];
      const answer = await using(tenantId, name, all, (open) => open.test(signal));
      return { ok: answer.ok, message: answer.ok ? String(answer.value) : answer.message };
    },
    async close() {
      const all = [...kept.values()];
      kept.clear();
      await Promise.allSettled(all.map(({ open }) => open.close()));
    },
  };
}

/** What the other side said, without the password it was told. */
function failure(name: string, error: unknown, password: string | undefined): HostAnswer {
  const said = error instanceof Error ? error : new Error(String(error));
  const inner =
    said.message || (said instanceof AggregateError ? String(said.errors[0]?.message) : said.name);
  const own = said as { code?: unknown };
  const code =
    own.code === 'ADDRESS_REFUSED' || own.code === 'REQUEST_INVALID' ? own.code : 'CONNECTION_FAILED';
  const masked = password ? inner.replaceAll(password, '••••••') : inner;
  const message = /^Expected /.test(masked) ? masked : `Expected an answer of '${name}', but: ${masked}`;
  return { ok: false, code, message: message.slice(0, 2_000) };
}
