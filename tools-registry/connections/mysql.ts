import mysql from 'mysql2/promise';
import { admit, guardedSocket } from './dial.ts';
import { addressOf, type ConnectionPlace, rowsUpTo, type SqlDatabase, stoppable } from './openConnection.ts';

export function openMysql({ connection, dial }: ConnectionPlace): SqlDatabase {
  const { host, port, user, database, parameters } = addressOf(connection, 3306);
  const ssl = parameters.get('ssl-mode')?.toUpperCase();
  const pool = mysql.createPool({
    host,
    port,
    user,
    ...(connection.password !== undefined && { password: connection.password }),
    ...(database && { database }),
    ...(ssl && ssl !== 'DISABLED' && { ssl: { rejectUnauthorized: ssl.startsWith('VERIFY') } }),
    stream: () => {
      const socket = guardedSocket(dial);
      socket.connect(port, host);
      return socket;
    },
    connectionLimit: 4,
    maxIdle: 1,
    idleTimeout: 30_000,
    connectTimeout: 10_000,
    multipleStatements: false,
    dateStrings: true,
    supportBigNumbers: true,
    // The server may not ask for files of this machine.
    flags: ['-LOCAL_FILES'],
  });

  async function using<T>(
    signal: AbortSignal,
    work: (client: mysql.PoolConnection, giveUp: () => void) => Promise<T>,
  ): Promise<T> {
    await admit(dial, host, port);
    const client = await pool.getConnection();
    let broken = false;
    const stop = () => {
      broken = true;
      client.destroy();
    };
    try {
      return await stoppable(signal, stop, () => work(client, stop));
    } finally {
      if (!broken) client.release();
    }
  }

  return {
    test: (signal) =>
      using(signal, async (client) => {
        const [rows] = await client.query('SELECT VERSION() AS version');
        return `MySQL ${(rows as { version: string }[])[0]?.version}`;
      }),
    query: ({ text, parameters: values, readOnly, rows: most, timeout }, signal) =>
      using(signal, async (client, giveUp) => {
        const mode = readOnly ? 'READ ONLY' : 'READ WRITE';
        await client.query(`SET SESSION TRANSACTION ${mode}`);
        // One more than wanted says whether there is more.
        await client.query(`SET SESSION sql_select_limit = ${most + 1}`);
        await client.query(`START TRANSACTION ${mode}`);
        try {
          const [answer] = await client.execute({ sql: text, timeout, values: values as string[] });
          await client.query('COMMIT');
          if (!Array.isArray(answer)) return { rows: [], count: answer.affectedRows, truncated: false };
          const taken = rowsUpTo(most);
          for (const row of answer as { [column: string]: unknown }[]) if (!taken.take(row)) break;
          const { rows, truncated } = taken.read();
          return { rows, truncated, count: rows.length };
        } catch (error) {
          // A statement that takes too long still has the connection: it would be waited for.
          if ((error as { code?: string }).code === 'PROTOCOL_SEQUENCE_TIMEOUT') giveUp();
          else await client.query('ROLLBACK').catch(() => {});
          throw error;
        }
      }),
    close: () => pool.end(),
  };
}
