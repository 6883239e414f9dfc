import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBody } from '../api/index.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

let running: Running;
let folder: string;
let authorization: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-site-'));
  await mkdir(join(folder, 'editor'));
  await writeFile(join(folder, 'editor', 'index.html'), '<title>the editor</title>');
  await writeFile(join(folder, 'secret.txt'), 'nobody reads this');
  running = await startGateway({ editorDirectory: join(folder, 'editor') });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  authorization = `Authorization: Bearer ${await token({ roles: ['admin'] })}`;
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});

/** Sends bytes as they are, which no client library would. */
function raw(text: string): Promise<{ status: number; headers: string; body: string }> {
  return new Promise((resolve, reject) => {
    const { port, hostname } = new URL(running.url);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const answer = Buffer.concat(chunks).toString();
      const end = answer.indexOf('\r\n\r\n');
      const headers = answer.slice(0, end);
      resolve({ status: Number(headers.split(' ')[1]), headers, body: answer.slice(end + 4) });
    });
  });
}
const host = () => `Host: ${new URL(running.url).host}`;
const get = (path: string, ...headers: string[]) =>
  raw(
    `${[`GET ${path} HTTP/1.1`, host(), authorization, 'Accept: application/json', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`,
  );

/** The one error shape, whatever the body is framed by. */
function refusal({ status, body }: { status: number; body: string }) {
  const { error_code, message } = errorBody
    .strict()
    .parse(JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)));
  expect(message).toMatch(/^Expected .+, but /);
  return [status, error_code];
}

describe('a path', () => {
  it.each([
    ['/api/../secret.txt', 404],
    ['/api/../../secret.txt', 404],
    ['/api/workflows/../../secret.txt', 404],
    ['/..%2fsecret.txt', 404],
    ['/%2e%2e/secret.txt', 404],
    ['/%2e%2e%2fsecret.txt', 404],
    ['/..%5csecret.txt', 404],
    ['/....//secret.txt', 404],
    ['/assets/../../secret.txt', 404],
    ['//secret.txt', 404],
    ['/secret.txt%00.html', 404],
    ['/api/workflows%00', 404],
    ['/api/workflows/%00', 400],
    ['/api/workflows/..', 400],
    ['/api/workflows/%2e%2e', 400],
    ['/api/workflows/..%2fagents', 400],
    ['/api/workflows%2fagents', 404],
    ['/api//workflows', 404],
    ['//api/workflows', 404],
    ['/api/%2e%2e/api/workflows', 404],
    ['/api/./workflows', 404],
    ['/api;/workflows', 404],
    ['/api/workflows;x=1', 404],
    ['/api/workflows/%E0%A4%A', 400],
    ['/api/workflows/%', 400],
    ['/api/audit/../workflows', 404],
    ['*', 404],
  ])('%s leads nowhere else (%i)', async (path, status) => {
    const answer = await get(path);
    expect(answer.body).not.toContain('nobody reads this');
    expect(refusal(answer)[0]).toBe(status);
  });

  it('that is an address of another server is not fetched, and is of no other route', async () => {
    const answer = await get('http://elsewhere.example/api/workflows');
    expect(answer.body).not.toContain('Example Domain');
    expect(answer.status).toBeOneOf([200, 400, 404, 421]);
  });

  it('that asks twice for the same is the same route, for the same people', async () => {
    for (const path of ['/api/workflows', '/api/workflows/', '/API/Workflows'])
      expect([path, (await get(path)).status]).toEqual([path, 200]);
    const stranger = `GET /API/Workflows HTTP/1.1\r\n${host()}\r\nConnection: close\r\n\r\n`;
    expect(refusal(await raw(stranger))).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('a header', () => {
  it.each([
    ['X-Request-Id', 'abc%0d%0aSet-Cookie:%20split=1'],
    ['If-Match', '"x"%0d%0aSet-Cookie: split=1'],
    ['Idempotency-Key', 'x\\r\\nSet-Cookie:split=1'],
    ['X-Tenant', 'acme%0d%0aSet-Cookie: split=1'],
    ['Accept-Language', '\u00c4\u010aSet-Cookie: split=1'],
    ['traceparent', '00-%0d%0aSet-Cookie: split=1'],
  ])('%s with what looks like a line break sets no other', async (name, value) => {
    const { headers } = await get('/api/workflows?limit=none', `${name}: ${value}`);
    expect(headers).not.toMatch(/^set-cookie/im);
    expect(headers).not.toContain('split=1');
  });

  it('an address with line breaks in it sets none either', async () => {
    const { headers } = await get('/%0d%0aSet-Cookie:%20split=1?x=%0d%0aSet-Cookie:%20split=1');
    expect(headers).not.toMatch(/^set-cookie/im);
  });

  it.each([
    ['a bare carriage return', 'X-Request-Id: a\rX-Injected: yes'],
    ['a null', 'X-Request-Id: a\0b'],
    ['a folded line', 'X-Request-Id: a\r\n X-Injected: yes\0'],
    ['a space before the colon', 'X-Tenant : globex'],
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 5'],
    ['a length beside chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked'],
    ['chunks by another name', 'Transfer-Encoding: xchunked\r\nContent-Length: 3'],
  ])('with %s ends the request', async (_, lines) => {
    expect(refusal(await get('/api/workflows', lines))).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('given twice is not guessed at', async () => {
    const twice = await get('/api/workflows', 'X-API-Key: a', 'X-API-Key: b');
    expect(refusal(twice)).toEqual([400, 'CREDENTIALS_AMBIGUOUS']);
    const tenants = await get('/api/workflows', 'X-Tenant: acme', 'X-Tenant: globex');
    expect(refusal(tenants)).toEqual([400, 'TENANT_MISMATCH']);
  });
});
