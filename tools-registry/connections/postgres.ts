import pg from 'pg';
import Cursor from 'pg-cursor';
import { admit, guardedSocket } from './dial.ts';
import { addressOf, type ConnectionPlace, rowsUpTo, type SqlDatabase, stoppable } from './openConnection.ts';

/** Rows that are fetched at once. */
const PORTION = 100;

/** `sslmode` of libpq, as far as it says whether and how far the server is trusted. */
function trustOf(mode: string | null): false | { rejectUnauthorized: boolean } {
  if (mode === null || mode === 'disable' || mode === 'allow' || mode === 'prefer') return false;
  return { rejectUnauthorized: mode === 'verify-full' || mode === 'verify-ca' };
}

export function openPostgres({ connection, dial }: ConnectionPlace): SqlDatabase {
  const { host, port, user, database, parameters } = addressOf(connection, 5432);
  const pool = new pg.Pool({
    host,
    port,
    user: user || 'postgres',
    password: connection.password ?? '',
    database: database || user || 'postgres',
    ssl: trustOf(parameters.get('sslmode')),
    stream: () => guardedSocket(dial),
    max: 4,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    application_name: 'baton',
  });
  // A connection that breaks while nobody uses it is replaced by the next call.
  pool.on('error', () => {});

  async function using<T>(signal: AbortSignal, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    await admit(dial, host, port);
    const client = await pool.connect();
    let broken = false;
    const stop = () => {
      broken = true;
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    };
    client.on('error', stop);
    try {
      return await stoppable(signal, stop, () => work(client));
    } finally {
      client.off('error', stop);
      client.release(broken);
    }
  }

  return {
    test: (signal) =>
      using(signal, async (client) => String((await client.query('SELECT version()')).rows[0]?.version)),
    query: ({ text, parameters: values, readOnly, rows: most, timeout }, signal) =>
      using(signal, async (client) => {
        await client.query(readOnly ? 'BEGIN READ ONLY' : 'BEGIN');
        try {
          await client.query(`SET LOCAL statement_timeout = ${Math.max(1, Math.round(timeout))}`);
          const cursor = client.query(new Cursor<{ [column: string]: unknown }>(text, values));
          const read = () =>
            new Promise<{ rows: { [column: string]: unknown }[]; count: number }>((done, fail) => {
              cursor.read(PORTION, (error, rows, result) =>
                error ? fail(error) : done({ rows, count: result.rowCount ?? 0 }),
              );
            });
          const taken = rowsUpTo(most);
          let count = 0;
          for (let more = true; more; ) {
            const portion = await read();
            count = Math.max(count, portion.count);
            more = portion.rows.length === PORTION;
            for (const row of portion.rows) if (!taken.take(row)) more = false;
          }
          await cursor.close();
          await client.query('COMMIT');
          const { rows, truncated } = taken.read();
          return { rows, truncated, count: Math.max(count, rows.length) };
        } catch (error) {
          await client.query('ROLLBACK').catch(() => {});
          throw error;
        }
      }),
    close: () => pool.end(),
  };
}
