import type { JsonValue, ToolConnection } from '../contract/index.ts';
import type { Dial } from './dial.ts';

/** What one connection is made of. */
export interface ConnectionPlace {
  connection: ToolConnection;
  dial: Dial;
}

/** A connection that is open, or opens with the first call. Its calls reject with what the other side says. */
export interface OpenConnection {
  /** @returns what the other side says it is */
  test(signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

export interface SqlStatement {
  text: string;
  /** Values of `$1`, `$2` … or of `?`: what a value holds is never part of the statement. */
  parameters: JsonValue[];
  /** Refused by the database if it would change anything. */
  readOnly: boolean;
  /** At most so many rows. */
  rows: number;
  /** ms */
  timeout: number;
}

export interface SqlAnswer {
  rows: { [column: string]: JsonValue }[];
  /** Rows that were found or changed. */
  count: number;
  /** There is more than was read. */
  truncated: boolean;
}

export interface SqlDatabase extends OpenConnection {
  query(statement: SqlStatement, signal: AbortSignal): Promise<SqlAnswer>;
}

/** Characters of JSON that one answer of a database may have. */
export const LARGEST_ANSWER = 1_000_000;

/** Takes rows until there are enough of them. */
export function rowsUpTo(most: number) {
  const rows: SqlAnswer['rows'] = [];
  let size = 0;
  let truncated = false;
  return {
    /** @returns whether there is room for more */
    take(row: { [column: string]: unknown }): boolean {
      const plain = plainRow(row);
      size += JSON.stringify(plain).length;
      if (rows.length >= most || size > LARGEST_ANSWER) {
        truncated = true;
        return false;
      }
      rows.push(plain);
      return true;
    },
    read: () => ({ rows, truncated }),
  };
}

/** Bytes as base64, times as ISO 8601, large numbers as texts. */
function plainRow(row: { [column: string]: unknown }): { [column: string]: JsonValue } {
  const plain = Object.entries(row).map(([column, value]) => [
    column,
    Buffer.isBuffer(value) ? value.toString('base64') : value,
  ]);
  return JSON.parse(
    JSON.stringify(Object.fromEntries(plain), (_name, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
  ) as { [column: string]: JsonValue };
}

/** Runs `stop` if the signal ends before the work does. */
export async function stoppable<T>(
  signal: AbortSignal,
  stop: () => void,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The parts of an address, decoded. */
export function addressOf({ url }: ToolConnection, usualPort: number) {
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? usualPort : Number(port),
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)),
    parameters: searchParams,
  };
}
