import { connect } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Running, startGateway } from './test/startGateway.ts';

/** As it comes, for whatever needs no settings of its own. */
let usual: Running;
let running: Running;
beforeAll(async () => {
  usual = await startGateway();
  return () => usual.stop();
});
beforeEach(() => {
  running = usual;
});
afterEach(async () => {
  if (running !== usual) await running.stop();
});

/** Everything the server says to these bytes until it closes the connection. */
function raw(...parts: string[]): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(running.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', () => {});
    for (const part of parts) socket.write(part);
  });
}
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
const codeOf = (answer: string) => /"error_code":"(\w+)"/.exec(answer)?.[1];
const get = (path: string, ...headers: string[]) =>
  `${[`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

describe('a slow client', () => {
  it('that never ends its headers is told so, and cut', async () => {
    running = await startGateway({ limits: { headersTimeout: 200, requestTimeout: 400 } });
    const answer = await raw('GET /api/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');

    expect([statusOf(answer), codeOf(answer)]).toEqual([408, 'REQUEST_TIMEOUT']);
  });

  it('that never ends its body is cut', async () => {
    running = await startGateway({ limits: { headersTimeout: 200, requestTimeout: 400 } });
    const answer = await raw(
      'POST /api/configuration HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{',
    );

    // Whatever was answered to the headers, the connection does not stay.
    expect([405, 408]).toContain(statusOf(answer));
  });
});

describe('bytes that are no plain request', () => {
  it.each([
    [
      'two lengths',
      'POST /api/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
    [
      'a length and chunks',
      'POST /api/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x',
    ],
    ['a header split by a line feed', get('/api/me', 'X-Request-Id: a\nX-Tenant: globex')],
    ['a NUL in a header', get('/api/me', 'X-Request-Id: a\0b')],
    ['a header without a name', get('/api/me', ': value')],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['no host', 'GET /api/me HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ])('%s: refused', async (_, bytes) => {
    const answer = await raw(bytes);

    expect(statusOf(answer)).toBe(400);
  });

  it('headers of more than 16 KiB: refused in the one shape', async () => {
    const answer = await raw(get('/api/me', `X-Large: ${'x'.repeat(20_000)}`));

    expect([statusOf(answer), codeOf(answer)]).toEqual([431, 'HEADERS_TOO_LARGE']);
  });

  it('a line break in what is answered back stays out of the headers', async () => {
    const answer = await raw(get('/api/me', 'X-Request-Id: a%0d%0aSet-Cookie:%20x=y'));

    expect(answer.toLowerCase()).not.toContain('set-cookie');
  });
});

describe('tricks with the path', () => {
  it.each([
    '/api/../api/me',
    '/api//me',
    '/api/%2e%2e/me',
    '/api/me%00',
    '/api/agents/..%2f..%2fme',
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..\\..\\etc\\passwd',
    '//evil.example/api/me',
    'http://evil.example/api/me',
    '/api/%ff',
    '/API/ME/',
  ])('%s leads nowhere', async (path) => {
    const answer = await raw(get(path));

    expect([400, 401, 404, 421]).toContain(statusOf(answer));
    expect(answer).not.toContain('root:');
    expect(answer).not.toMatch(/\r\nLocation: (?!\/)/i);
  });
});

describe('addresses', () => {
  it('kept out by the installation get nothing but that', async () => {
    running = await startGateway({ limits: { deny: ['127.0.0.0/8'] } });
    const answer = await raw(get('/health/live'));

    expect([statusOf(answer), codeOf(answer)]).toEqual([403, 'ADDRESS_DENIED']);
  });

  it('that ask too often at once are told to wait, signed in or not', async () => {
    running = await startGateway({ limits: { burstPerSecond: 5 } });
    const answers = await Promise.all(Array.from({ length: 60 }, () => fetch(`${running.url}/health/live`)));
    const refused = answers.filter(({ status }) => status === 429);

    expect(refused.length).toBeGreaterThan(30);
    expect(refused[0]!.headers.get('retry-after')).toBe('1');
  });

  it('open no more connections than they may', async () => {
    running = await startGateway({ limits: { connectionsPerAddress: 2 } });
    const { hostname, port } = new URL(running.url);
    const sockets = Array.from({ length: 3 }, () => connect(Number(port), hostname));
    const closed = await Promise.race(
      sockets.map((socket, n) => new Promise<number>((resolve) => socket.on('close', () => resolve(n)))),
    );

    expect(closed).toBe(2);
    for (const socket of sockets) socket.destroy();
  });
});

describe('pages of other origins', () => {
  const ask = (origin: string, method = 'GET') =>
    fetch(`${running.url}/api/configuration`, {
      method,
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  it('that are named may use the API, and read its headers', async () => {
    running = await startGateway({ editorOrigins: ['http://localhost:5173'] });
    const preflight = await ask('http://localhost:5173', 'OPTIONS');
    const answer = await ask('http://localhost:5173');

    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('If-Match');
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('that are not named may not', async () => {
    running = await startGateway({ editorOrigins: ['http://localhost:5173'] });
    const answers = [await ask('https://evil.example', 'OPTIONS'), await ask('https://evil.example')];

    expect(answers.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([null, null]);
  });
});
