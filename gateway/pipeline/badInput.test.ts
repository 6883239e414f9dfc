import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBody } from '../api/index.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';
import { bodyLimit } from './jsonBody.ts';

let running: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let designer: string;

beforeAll(async () => {
  running = await startGateway();
  token = await tokenMaker(running.store, running.gateway.issuer);
  designer = await token({ roles: ['designer'] });
});
afterAll(() => running.stop());

/** Sends what it is given, and checks that an error has the one shape and no stack trace. */
async function send(path: string, init: RequestInit = {}) {
  const response = await fetch(running.url + path, {
    ...init,
    headers: { authorization: `Bearer ${designer}`, ...init.headers },
  });
  const text = await response.text();
  expect(text).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules/);
  const body = errorBody.strict().parse(JSON.parse(text));
  expect(body.request_id).toBe(response.headers.get('x-request-id'));
  expect(body.message).toMatch(/^Expected .*, but /);
  return { status: response.status, code: body.error_code, body, headers: response.headers };
}
const post = (body: string, type = 'application/json') =>
  send('/api/workflows', { method: 'POST', body, headers: { 'content-type': type } });
const as = (access: string, headers: Record<string, string> = {}) =>
  send('/api/workflows?limit=none', { headers: { authorization: access, ...headers } });

describe('bad input', () => {
  it.each([
    ['JSON that does not parse', '{"name": ', 400, 'BODY_INVALID_JSON'],
    ['an unknown field', '{"name":"a","xml":"<definitions/>","owner":"me"}', 400, 'VALIDATION_FAILED'],
    ['a missing field', '{"name":"a"}', 400, 'VALIDATION_FAILED'],
    ['no body', '', 400, 'VALIDATION_FAILED'],
    ['a list for an object', '[]', 400, 'VALIDATION_FAILED'],
    ['a key that reaches the prototype', '{"__proto__":{"admin":true}}', 400, 'VALIDATION_FAILED'],
    ['a constructor with a prototype', '{"a":{"constructor":{"prototype":{}}}}', 400, 'VALIDATION_FAILED'],
    ['bottomless nesting', '['.repeat(100_000) + ']'.repeat(100_000), 400, 'VALIDATION_FAILED'],
    ['a body over the limit', JSON.stringify('x'.repeat(bodyLimit)), 413, 'BODY_TOO_LARGE'],
  ])('%s', async (_, body, status, code) => {
    expect(await post(body)).toMatchObject({ status, code });
  });

  it('a body over the limit that does not say its size', async () => {
    const chunk = 'x'.repeat(64 * 1024);
    const status = await new Promise<number>((resolve, reject) => {
      const upload = request(`${running.url}/api/workflows`, {
        method: 'POST',
        headers: { authorization: `Bearer ${designer}`, 'content-type': 'application/json' },
      });
      upload.on('response', (response) => {
        resolve(response.statusCode!);
        upload.destroy();
      });
      upload.on('error', reject);
      for (let sent = 0; sent <= bodyLimit; sent += chunk.length) upload.write(chunk);
      upload.end();
    });
    expect(status).toBe(413);
  });

  it('a body that is no JSON by type', async () => {
    expect(await post('name=a', 'application/x-www-form-urlencoded')).toMatchObject({
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
  });

  it('an unknown field is named', async () => {
    const { body } = await post(
      '{"name":"a","xml":"<definitions/>","startForm":{"schema":{},"example":{},"x":1}}',
    );
    expect(body.details).toEqual({
      issues: [{ path: ['body', 'startForm', 'x'], message: 'Expected no such field' }],
    });
  });

  it('an unknown path and a wrong method', async () => {
    expect(await send('/api/nothing')).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
    expect(await send('/nothing.json')).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
    const wrong = await send('/api/workflows', { method: 'PATCH' });
    expect(wrong).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    expect(wrong.headers.get('allow')).toBe('GET, POST');
  });

  it.each([
    '/api/workflows/%E0%A4%A',
    '/api/instances/not-a-key',
    '/api/workflows?limit=0',
    '/api/workflows?color=red',
  ])('%s', async (path) => {
    expect(await send(path)).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  });

  it('says what is wrong with a token', async () => {
    const expired = await token({ roles: ['designer'] }, { expiresAt: Date.now() - 1000 });
    const cases = {
      expired: (await as(`Bearer ${expired}`)).code,
      'of another issuer': (await as(`Bearer ${await token({}, { issuer: 'https://elsewhere.example' })}`))
        .code,
      'for another audience': (await as(`Bearer ${await token({}, { audience: 'account' })}`)).code,
      'without a tenant': (await as(`Bearer ${await token({ tenant: undefined })}`)).code,
      'of two tenants': (await as(`Bearer ${await token({ tenant: ['acme', 'globex'] })}`)).code,
      'tampered with': (await as(`Bearer ${designer.slice(0, -4)}AAAA`)).code,
      'no JWT': (await as('Bearer abc')).code,
      'another scheme': (await as('Basic abc')).code,
    };
    expect(cases).toEqual({
      expired: 'TOKEN_EXPIRED',
      'of another issuer': 'TOKEN_INVALID',
      'for another audience': 'TOKEN_INVALID',
      'without a tenant': 'TOKEN_INVALID',
      'of two tenants': 'TOKEN_INVALID',
      'tampered with': 'TOKEN_INVALID',
      'no JWT': 'TOKEN_INVALID',
      'another scheme': 'TOKEN_INVALID',
    });
  });

  it('a token that was good until now', async () => {
    const short = await token({ roles: ['designer'] }, { expiresAt: running.clock.now() + 60_000 });
    expect((await as(`Bearer ${short}`)).code).toBe('VALIDATION_FAILED');
    running.clock.advance(61_000);
    const late = await as(`Bearer ${short}`);
    expect([late.status, late.code, late.headers.get('www-authenticate')]).toEqual([
      401,
      'TOKEN_EXPIRED',
      'Bearer',
    ]);
  });

  it('another tenant in the header than in the token', async () => {
    expect(await as(`Bearer ${designer}`, { 'x-tenant': 'globex' })).toMatchObject({
      status: 400,
      code: 'TENANT_MISMATCH',
    });
    expect((await as(`Bearer ${designer}`, { 'x-tenant': 'acme' })).code).toBe('VALIDATION_FAILED');
  });

  it('a fault of ours is logged with its stack, and answered without', async () => {
    running.engine.queries.instances = () => {
      throw new Error('a bug at secret place');
    };
    const answer = await send('/api/instances', { headers: { 'x-request-id': 'trace-1' } });
    expect(answer).toMatchObject({ status: 500, code: 'INTERNAL', body: { request_id: 'trace-1' } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    const line = running.logLines.find((text) => text.includes('a bug at secret place'))!;
    expect(JSON.parse(line)).toMatchObject({
      requestId: 'trace-1',
      err: { stack: expect.stringContaining('badInput') },
    });
  });
});
