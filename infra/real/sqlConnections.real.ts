import { lookup } from 'node:dns';
import { createOutbound, readNetworks } from '@baton/gateway';
import { createToolConnections, type ToolConnections } from '@baton/tools-registry';
import type { ConnectionKind, JsonValue } from '@baton/tools-registry/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasMariadb, hasPostgres, type RealSqlServer, startMariadb, startPostgres } from './sqlServers.ts';

const never = new AbortController().signal;

interface Dialect {
  kind: ConnectionKind;
  start(): Promise<RealSqlServer>;
  placeholder: string;
  sleep: string;
  many: string;
}

const dialects: { [title: string]: Dialect & { isThere: boolean } } = {
  'PostgreSQL (postgresql)': {
    isThere: hasPostgres(),
    kind: 'postgres',
    start: startPostgres,
    placeholder: '$1',
    sleep: 'SELECT pg_sleep(60)',
    many: 'SELECT n FROM generate_series(1, 5000) AS n',
  },
  'MySQL (mariadb-server)': {
    isThere: hasMariadb(),
    kind: 'mysql',
    start: startMariadb,
    placeholder: '?',
    sleep: 'SELECT SLEEP(60)',
    many: 'SELECT seq AS n FROM seq_1_to_5000',
  },
};

describe.each(Object.entries(dialects))('tools and %s', (_title, dialect) => {
  describe.skipIf(!dialect.isThere)('a connection', () => {
    let server: RealSqlServer;
    let connections: ToolConnections;
    let isOpen = true;
    let readOnly = false;
    let revision = 'one';
    let password: string;

    beforeAll(async () => {
      server = await dialect.start();
      password = server.password;
      const machine = readNetworks('loopback');
      const open = createOutbound({
        allowed: machine.ok ? machine.value : [],
        resolve: lookup,
        advice: 'ask',
      });
      const closed = createOutbound({ allowed: [], resolve: lookup, advice: 'ask an administrator' });
      connections = createToolConnections({
        connection: async (tenantId, name) =>
          tenantId === 'acme' && name === 'shop'
            ? { kind: dialect.kind, url: server.url, password, readOnly, revision }
            : undefined,
        dial: {
          get lookup() {
            return isOpen ? open.lookup : closed.lookup;
          },
          refusal: (url) => (isOpen ? open : closed).refusal(url),
        },
      });
      await write('CREATE TABLE orders (id INT PRIMARY KEY, customer VARCHAR(50), total DECIMAL(10,2))');
    }, 120_000);
    afterAll(async () => {
      await connections?.close();
      await server?.stop();
    });

    const ask = (text: string, parameters: JsonValue[] = [], changes: object = {}, signal = never) =>
      connections.query(
        'acme',
        'shop',
        { text, parameters, readOnly: true, rows: 1_000, timeout: 20_000, ...changes },
        signal,
      );
    const write = (text: string, parameters: JsonValue[] = []) => ask(text, parameters, { readOnly: false });

    it('says what it is connected to', async () => {
      const tested = await connections.test('acme', 'shop', never);
      expect(tested).toEqual({ ok: true, message: expect.stringMatching(/SQL/) });
    });

    it('writes and reads; what a value holds is never part of the statement', async () => {
      const { placeholder: p } = dialect;
      const customer = `Robert'); DROP TABLE orders; --`;
      const values = p === '?' ? '?, ?, ?' : '$1, $2, $3';
      expect(await write(`INSERT INTO orders VALUES (${values})`, [1, customer, '9.50'])).toMatchObject({
        ok: true,
        value: { count: 1 },
      });
      expect(await ask(`SELECT id, customer, total FROM orders WHERE customer = ${p}`, [customer])).toEqual({
        ok: true,
        value: { rows: [{ id: 1, customer, total: '9.50' }], count: 1, truncated: false },
      });
    });

    it.each([
      ['writes', `INSERT INTO orders VALUES (2, 'x', 1)`],
      ['changes the schema', 'DROP TABLE orders'],
      ['has two parts', 'SELECT 1; DROP TABLE orders'],
      ['ends the transaction to write', `COMMIT; INSERT INTO orders VALUES (3, 'x', 1)`],
    ])('a statement that %s is refused by the database when only reading is allowed', async (_what, text) => {
      expect(await ask(text)).toMatchObject({ ok: false, code: 'CONNECTION_FAILED' });
      expect(await ask('SELECT COUNT(*) AS n FROM orders WHERE id > 1')).toMatchObject({ ok: true });
      const { value } = (await ask('SELECT id FROM orders WHERE id > 1')) as unknown as {
        value: { count: number };
      };
      expect(value.count).toBe(0);
    });

    it('that is read-only lets no tool write, whatever it says of itself', async () => {
      readOnly = true;
      revision = 'read-only';
      expect(await write(`INSERT INTO orders VALUES (4, 'x', 1)`)).toMatchObject({ ok: false });
      readOnly = false;
      revision = 'one';
    });

    it('reads no more rows than were asked for, and says so', async () => {
      const { value } = (await ask(dialect.many, [], { rows: 10 })) as unknown as {
        value: { rows: unknown[]; truncated: boolean };
      };
      expect([value.rows.length, value.truncated]).toEqual([10, true]);
      expect(await ask(dialect.many, [], { rows: 10_000 })).toMatchObject({ value: { truncated: false } });
    });

    it('gives up a statement that takes too long, and one nobody waits for', async () => {
      expect(await ask(dialect.sleep, [], { timeout: 300 })).toMatchObject({ ok: false });
      const stop = new AbortController();
      const asked = ask(dialect.sleep, [], {}, stop.signal);
      stop.abort();
      expect(await asked).toMatchObject({ ok: false });
      expect(await ask('SELECT 1 AS one')).toMatchObject({ ok: true });
    });

    it('serves more calls at once than it has ways in', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => ask(`SELECT ${n} AS n`)));
      expect(answers.every(({ ok }) => ok)).toBe(true);
    });

    it('says what is wrong with a statement, and never the password', async () => {
      const wrong = await ask('SELECT nothing FROM nowhere');
      expect(wrong).toMatchObject({
        ok: false,
        message: expect.stringMatching(/^Expected an answer of 'shop'/),
      });
      password = 'wrong-secret';
      revision = 'wrong';
      const refused = await ask('SELECT 1');
      expect(refused).toMatchObject({ ok: false });
      expect(JSON.stringify(refused)).not.toContain('wrong-secret');
      password = server.password;
      revision = 'one';
    });

    it('goes nowhere that the installation does not allow', async () => {
      isOpen = false;
      expect(await ask('SELECT 1')).toMatchObject({
        ok: false,
        code: 'ADDRESS_REFUSED',
        message: expect.stringContaining('Expected an address on the public internet'),
      });
      isOpen = true;
    });

    it('is of its tenant', async () => {
      const statement = { text: 'SELECT 1', parameters: [], readOnly: true, rows: 1, timeout: 1_000 };
      expect(await connections.query('globex', 'shop', statement, never)).toMatchObject({
        code: 'CONNECTION_MISSING',
      });
    });
  });
});
