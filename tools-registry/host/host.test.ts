import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Capabilities,
  coveringHost,
  hostPattern,
  noCapabilities,
  readToolDefinition,
  type ToolDefinition,
} from '../contract/index.ts';
import { runTool } from '../index.ts';
import { sandboxHere, type WorldOfTests, worldOfTests } from '../test/world.ts';
import { createMask } from './mask.ts';

const sandbox = sandboxHere();
const never = new AbortController().signal;
let server: Server;
let address: string;
let host: string;
let requests: string[];
/** Settles when a request to `/never` was given up. */
let gone: Promise<void>;
let world: WorldOfTests;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    if (request.url === '/never') {
      gone = new Promise((resolve) => response.on('close', resolve));
      return;
    }
    if (request.url === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/' });
    response.end(JSON.stringify({ path: request.url }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  address = `http://${host}`;
});
afterAll(async () => {
  await sandbox.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  requests = [];
  world = worldOfTests();
  world.fetch = (input, init) => fetch(input, { ...init, redirect: 'manual' });
});
afterEach(() => server.closeIdleConnections());

function tool(body: string, capabilities: Partial<Capabilities>, changes: Partial<ToolDefinition> = {}) {
  return readToolDefinition({
    name: 'sample',
    source: `export default defineTool({ async run(input: any, context: any) { ${body} } });`,
    capabilities: { ...noCapabilities, ...capabilities },
    ...changes,
  });
}

function run(definition: ToolDefinition, signal = never, tenantId = 'acme', id = 't1') {
  const place = {
    tenantId,
    tool: { id, definition, version: 1, origin: { kind: 'saved' as const } },
    input: {},
    run: 'r1',
  };
  return runTool({ sandbox, world }, place, signal);
}

describe('what a tool asks its host for', () => {
  it('is there when its author declared it and an admin granted it', async () => {
    world.grants = { ...noCapabilities, network: [host], secrets: ['TOKEN'], files: true, memory: true };
    world.secrets.set('acme/TOKEN', 'very-secret-1');
    const definition = tool(
      `const token = await context.secrets.get('TOKEN');
       const answer = await context.fetch('${address}/orders', { headers: { authorization: 'Bearer ' + token } });
       await context.state.set('seen', 1);
       await context.files.write('note.txt', 'hello');
       return [answer.status, await answer.json(), await context.state.get('seen'), await context.files.list(), await context.files.read('note.txt')];`,
      world.grants,
    );

    const outcome = await run(definition);

    expect(outcome).toMatchObject({ ok: true, value: [200, { path: '/orders' }, 1, ['note.txt'], 'hello'] });
    expect(requests).toEqual(['GET /orders Bearer very-secret-1']);
    expect(outcome.ok && outcome.hostCalls?.map(({ what, outcome: word }) => `${what}: ${word}`)).toEqual([
      'get TOKEN: found',
      `GET ${address}/orders: 200`,
      'set seen: done',
      'write note.txt: done',
      'get seen: found',
      'list: found',
      'read note.txt: found',
    ]);
  });

  const everything: [string, string][] = [
    ['a host', `return context.fetch('http://api.example.com/');`],
    ['a secret', `return context.secrets.get('TOKEN');`],
    ['a value', `return context.state.get('x');`],
    ['a file', `return context.files.list();`],
  ];
  const all: Capabilities = {
    ...noCapabilities,
    network: ['api.example.com'],
    secrets: ['TOKEN'],
    files: true,
    memory: true,
  };

  it.each(everything)('is refused when %s is declared but not granted', async (_what, body) => {
    const outcome = await run(tool(body, all));

    expect(outcome).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('an admin has not granted it yet') },
    });
  });

  it.each(everything)('is refused when %s is granted but not declared', async (_what, body) => {
    world.grants = all;
    const outcome = await run(tool(body, {}));

    expect(outcome).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('does not declare it') },
    });
  });

  it('stays refused in a new version that asks for more than the old one was granted', async () => {
    world.grants = { ...noCapabilities, network: [host] };
    const next = { network: [host, 'evil.example.com'], secrets: ['TOKEN'] };
    const before = await run(tool(`return (await context.fetch('${address}/a')).status;`, next));
    const more = await run(tool(`return context.fetch('https://evil.example.com/');`, next));

    expect(before).toMatchObject({ ok: true, value: 200 });
    expect(more).toMatchObject({ ok: false, failure: { code: 'TOOL_FAILED' } });
  });

  it('is of its own tenant and tool: another one of the same name sees none of it', async () => {
    world.grants = { ...noCapabilities, memory: true, secrets: ['TOKEN'] };
    world.secrets.set('acme/TOKEN', 'very-secret-1');
    await run(tool(`return context.state.set('k', 'mine');`, world.grants));
    const read = tool(`return context.state.get('k');`, world.grants);

    expect(await run(read)).toMatchObject({ ok: true, value: 'mine' });
    expect(await run(read, never, 'globex')).toMatchObject({ ok: true, value: null });
    expect(await run(read, never, 'acme', 't2')).toMatchObject({ ok: true, value: null });
    expect(
      await run(tool(`return context.secrets.get('TOKEN');`, world.grants), never, 'globex'),
    ).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('the tenant has none of that name') },
    });
  });

  it.each([
    ['another host', 'http://api.example.com/'],
    ['another port of the host', 'http://127.0.0.1:1/'],
    ['the host as a user', 'http://HOST@evil.example.com/'],
    ['the host as the beginning of another one', 'http://HOST.evil.example.com/'],
    ['the host with a user', 'http://user:pass@HOST/'],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'not an address'],
    ['an address of data', 'data:text/plain,x'],
    ['the host in another spelling with a backslash', 'http://evil.example.com\\\\@HOST/'],
  ])('%s is not what was granted', async (_what, url) => {
    world.grants = { ...noCapabilities, network: [host] };
    const body = `return context.fetch(${JSON.stringify(url.replace('HOST', host))});`;

    expect(await run(tool(body, world.grants))).toMatchObject({ ok: false });
    expect(requests).toEqual([]);
  });

  it('a redirect is an answer, which nobody follows', async () => {
    world.grants = { ...noCapabilities, network: [host] };
    const outcome = await run(
      tool(
        `const { status, headers } = await context.fetch('${address}/moved'); return [status, headers.location];`,
        world.grants,
      ),
    );

    expect(outcome).toMatchObject({ ok: true, value: [302, 'http://169.254.169.254/'] });
    expect(requests).toHaveLength(1);
  });

  it('a header that belongs to the connection is refused', async () => {
    world.grants = { ...noCapabilities, network: [host] };
    const outcome = await run(
      tool(`return context.fetch('${address}/', { headers: { Host: 'inside' } });`, world.grants),
    );

    expect(outcome).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining("'Host' is set by the connection") },
    });
  });

  it('a request under way ends with the call, at the socket', async () => {
    world.grants = { ...noCapabilities, network: [host] };
    const stop = new AbortController();
    const running = run(tool(`return context.fetch('${address}/never');`, world.grants), stop.signal);
    while (requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();

    expect(await running).toMatchObject({ ok: false, failure: { code: 'TOOL_CANCELLED' } });
    await gone;
  });

  it('a failure says the line of the tool that asked', async () => {
    const outcome = await run(tool(`\n\n await context.secrets.get('X');`, {}));

    expect(outcome).toMatchObject({ ok: false, failure: { details: { line: 3 } } });
  });
});

describe('a secret', () => {
  const secret = 'p4ss+word/with "quotes"';

  it('is masked wherever a call leaves it: log, answer, failure, in any usual form', async () => {
    world.grants = { ...noCapabilities, secrets: ['TOKEN'] };
    world.secrets.set('acme/TOKEN', secret);
    const printed = await run(
      tool(
        `const s = await context.secrets.get('TOKEN'); console.log('it is', s, { s }, encodeURIComponent(s)); return { s, list: [s], ['key ' + s]: 1 };`,
        world.grants,
      ),
    );
    const thrown = await run(
      tool(`throw new Error('wrong token ' + (await context.secrets.get('TOKEN')));`, world.grants),
    );

    expect(printed).toMatchObject({
      ok: true,
      value: { s: '••••••', list: ['••••••'], 'key ••••••': 1 },
      logs: ['it is •••••• {"s":"••••••"} ••••••'],
    });
    expect(JSON.stringify([printed, thrown])).not.toContain('p4ss');
  });

  it('is found in base64 wherever it stands in the text', () => {
    const mask = createMask();
    mask.add('hunter2-hunter2');
    for (const before of ['', 'u:', 'user:', 'longer-user:'])
      expect(mask.text(Buffer.from(`${before}hunter2-hunter2!`).toString('base64'))).toContain('••••••');
  });
});

describe('hosts', () => {
  it.each([
    ['api.example.com', 'https://api.example.com/x', true],
    ['api.example.com', 'http://api.example.com/x', true],
    ['api.example.com', 'https://api.example.com:8443/', false],
    ['api.example.com:8443', 'https://api.example.com:8443/', true],
    ['api.example.com:443', 'https://api.example.com/', true],
    ['api.example.com:443', 'http://api.example.com/', false],
    ['*.example.com', 'https://a.b.example.com/', true],
    ['*.example.com', 'https://example.com/', false],
    ['*.example.com', 'https://badexample.com/', false],
    ['[::1]:80', 'http://[::1]/', true],
  ])('%s covers %s: %s', (pattern, url, covers) => {
    expect(hostPattern.test(pattern)).toBe(true);
    expect(coveringHost([pattern], new URL(url)) !== undefined).toBe(covers);
  });

  it.each(['*', 'https://x.com', 'x.com/path', '', 'a b', '*.*.com', 'X.com', '-a.com'])(
    "'%s' is none",
    (text) => {
      expect(hostPattern.test(text)).toBe(false);
    },
  );
});
