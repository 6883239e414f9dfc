import { createRequire } from 'node:module';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createTypeCheck } from '../authoring/types/check.ts';
import {
  checkSchema,
  isBuiltInSource,
  type JsonValue,
  noCapabilities,
  sourceOfName,
  toolTypes,
} from '../contract/index.ts';
import { builtInDefinitions, builtInOfId, builtInTools, createToolInvoker } from '../index.ts';
import { sandboxHere, type WorldOfTests, worldOfTests } from '../test/world.ts';

const sandbox = sandboxHere();
afterAll(() => sandbox.close());
const check = createTypeCheck(createRequire(import.meta.url).resolve('typescript'));
let world: WorldOfTests;
beforeEach(() => {
  world = worldOfTests();
});

function call(name: string, input: JsonValue, tenantId = 'acme') {
  const source = builtInTools({ sandbox, world });
  return createToolInvoker([source], () => true).call(
    { tenantId, name, version: undefined, arguments: input, idempotencyKey: 'k', run: 'r1' },
    new AbortController().signal,
  );
}

describe('tools of the product', () => {
  it.each(builtInDefinitions.map((tool) => [tool.definition.name, tool] as const))(
    '%s has a name of its source, sound schemas and types that fit',
    (name, { id, definition }) => {
      expect(isBuiltInSource(sourceOfName(name) ?? '')).toBe(true);
      expect(builtInOfId(id)?.definition.name).toBe(name);
      expect([...checkSchema(definition.input), ...checkSchema(definition.output)]).toEqual([]);
      expect(check(definition.source, toolTypes(definition))).toEqual([]);
    },
  );

  it('do nothing of what nobody has granted', async () => {
    expect(await call('http.request', { url: 'https://shop.example.com/' })).toMatchObject({
      failure: { message: expect.stringContaining('an admin has not granted it yet') },
    });
    expect(await call('state.get', { key: 'a' })).toMatchObject({ ok: false });
    expect(await call('sql.query', { connection: 'shop', sql: 'SELECT 1' })).toMatchObject({
      failure: { message: expect.stringContaining("the connection 'shop' to be granted") },
    });
  });

  it('http.request sends what it is given to a granted host, with a granted secret', async () => {
    world.grants = { ...noCapabilities, network: ['shop.example.com'], secrets: ['TOKEN'] };
    world.secrets.set('acme/TOKEN', 'very-secret-1');
    const sent: unknown[] = [];
    world.fetch = async (input, init) => {
      sent.push([String(input), init?.method, init?.body, Object.fromEntries(new Headers(init?.headers))]);
      return Response.json({ made: true }, { status: 201 });
    };

    expect(
      await call('http.request', {
        url: 'https://shop.example.com/orders?a=1',
        method: 'POST',
        query: { b: 'ä&' },
        body: { n: 1 },
        secret: 'TOKEN',
      }),
    ).toMatchObject({ ok: true, value: { status: 201, ok: true, body: { made: true } } });
    expect(sent).toEqual([
      [
        'https://shop.example.com/orders?a=1&b=%C3%A4%26',
        'POST',
        '{"n":1}',
        { authorization: 'Bearer very-secret-1', 'content-type': 'application/json' },
      ],
    ]);
  });

  it('web.read gives a page as text, after its redirects to granted hosts', async () => {
    world.grants = { ...noCapabilities, network: ['example.com'] };
    world.fetch = async (input) =>
      String(input).endsWith('/old')
        ? new Response(null, { status: 301, headers: { location: '/new' } })
        : new Response(
            '<html><head><title>News &amp; more</title><script>alert(1)</script></head><body><nav>Menu</nav><h1>Title</h1><p>One <b>two</b>.</p></body></html>',
            { headers: { 'content-type': 'text/html' } },
          );

    const read = await call('web.read', { url: 'https://example.com/old' });

    expect(read).toMatchObject({ ok: true, value: { title: 'News & more', status: 200, truncated: false } });
    const { text } = (read as unknown as { value: { text: string } }).value;
    expect(text).toMatch(/Title\s+One two\./);
    expect(text).not.toMatch(/alert|Menu/);
  });

  it('csv: rows of a text, and a text of rows that a spreadsheet takes for no formula', async () => {
    expect(await call('csv.parse', { text: 'a;b\r\n1;"x;y"\r\n', convert: true })).toMatchObject({
      value: { rows: [{ a: 1, b: 'x;y' }] },
    });
    expect(await call('csv.format', { rows: [{ a: '=1+1', b: 'x,y' }, { c: [1] }] })).toMatchObject({
      value: { text: `a,b,c\n"'=1+1","x,y",\n,,[1]` },
    });
    expect(await call('csv.parse', { text: 'a,b\n"x' })).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('Expected CSV, but') },
    });
  });

  it('state: what one tool keeps the others of the tenant find, and no other tenant', async () => {
    world.grants = { ...noCapabilities, memory: true };
    await call('state.set', { key: 'last', value: { n: 1 } });

    expect(await call('state.get', { key: 'last' })).toMatchObject({ value: { value: { n: 1 } } });
    expect(await call('state.list', {})).toMatchObject({ value: { keys: ['last'] } });
    expect(await call('state.get', { key: 'last' }, 'globex')).toMatchObject({ value: { value: null } });
  });

  it('files: texts of the run', async () => {
    world.grants = { ...noCapabilities, files: true };
    await call('files.write', { name: 'a.txt', content: 'hello' });

    expect(await call('files.list', {})).toMatchObject({ value: { names: ['a.txt'] } });
    expect(await call('files.read', { name: 'a.txt' })).toMatchObject({ value: { content: 'hello' } });
  });

  it('search: what was kept is found by its words', async () => {
    world.grants = { ...noCapabilities, memory: true };
    const documents: JsonValue = [
      { id: 'returns', text: 'How to send back shoes', data: { page: 3 } },
      { id: 'invoice', text: 'Where to find an invoice' },
    ];
    expect(await call('search.index', { index: 'help', documents })).toMatchObject({ value: { count: 2 } });
    expect(await call('search.query', { index: 'help', query: 'shoe' })).toMatchObject({
      value: { results: [{ id: 'returns', text: 'How to send back shoes', data: { page: 3 } }] },
    });
    expect(await call('search.query', { index: 'other', query: 'shoe' })).toMatchObject({
      value: { results: [] },
    });
  });

  it('search: what was kept is found by its meaning, where that is known', async () => {
    world.grants = { ...noCapabilities, memory: true };
    world.embedder = {
      model: 'of-tests',
      dimensions: 2,
      embed: async (texts) =>
        texts.map((text) => Float32Array.from(/shoe|footwear/.test(text) ? [1, 0] : [0, 1])),
    };
    const documents = [
      { id: 'returns', text: 'shoes' },
      { id: 'invoice', text: 'papers' },
    ];
    await call('search.index', { index: 'help', documents });

    expect(await call('search.query', { index: 'help', query: 'footwear' })).toMatchObject({
      value: { results: [{ id: 'returns' }] },
    });
  });

  it('time.now tells the time of the call', async () => {
    expect(await call('time.now', {})).toMatchObject({
      value: { iso: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
    });
  });
});
