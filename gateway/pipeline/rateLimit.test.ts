import { afterEach, describe, expect, it } from 'vitest';
import { table } from '../api/index.ts';
import { apiClient } from '../test/apiClient.ts';
import { connectLive } from '../test/liveClient.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

let running: Running;
afterEach(() => running.stop());

async function signedIn(claims: { tenant?: string; roles?: ['admin'] } & { [claim: string]: unknown } = {}) {
  const token = await tokenMaker(running.store, running.gateway.issuer);
  return apiClient(running.url, await token(claims));
}

const rateHeaders = (headers: Headers) =>
  ['x-ratelimit-limit', 'x-ratelimit-remaining', 'retry-after'].map((name) => headers.get(name));

describe('a hundred a minute', () => {
  it('lets the hundredth through and refuses the next, to fifty clients at once, and says when to come back', async () => {
    running = await startGateway({ limits: { rates: { 'tenant.read': 100 } } });
    const client = await signedIn();

    const answers = (
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const own = [];
          for (let n = 0; n < 3; n++) own.push(await client(table.agents.list));
          return own;
        }),
      )
    ).flat();

    const passed = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect([passed.length, refused.length]).toEqual([100, 50]);
    expect(
      passed.map(({ headers }) => Number(headers.get('x-ratelimit-remaining'))).sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 100 }, (_, n) => n));
    const [{ error, headers }] = refused as [(typeof refused)[0]];
    expect(error).toMatchObject({ error_code: 'RATE_LIMITED', details: { limit: 100, class: 'read' } });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(Math.abs(Number(headers.get('x-ratelimit-reset')) * 1000 - running.clock.now())).toBeLessThan(
      62_000,
    );

    running.clock.advance(60_000);
    expect((await (await signedIn())(table.agents.list)).status).toBe(200);
  });

  it('counts kinds of requests, users and tenants each for themselves', async () => {
    running = await startGateway({ limits: { rates: { 'user.read': 2 } } });
    const client = await signedIn();
    await client(table.agents.list);
    await client(table.agents.list);

    expect((await client(table.agents.list)).status).toBe(429);
    expect((await client(table.agents.create, { body: {} })).status).toBe(400);
    expect((await (await signedIn({ sub: 'somebody-else' }))(table.agents.list)).status).toBe(200);
    expect((await (await signedIn({ tenant: 'globex' }))(table.agents.list)).status).toBe(200);
  });

  it('counts who does not sign in by address', async () => {
    running = await startGateway({ limits: { rates: { 'address.read': 1 }, trustedProxies: ['127.0.0.1'] } });
    const stranger = apiClient(running.url, undefined);
    const from = (address: string) =>
      stranger(table.session.configuration, { headers: { 'x-forwarded-for': address } });

    const answers = [await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.2')];
    expect(answers.map(({ status, headers }) => [status, ...rateHeaders(headers)])).toEqual([
      [200, '1', '0', null],
      [429, '1', '0', '60'],
      [200, '1', '0', null],
    ]);
  });
});

it('tells the limit on every answer, refusals too', async () => {
  running = await startGateway({ limits: { rates: { 'user.read': 10 } } });
  const client = await signedIn();
  const found = await client(table.agents.list);
  const missing = await client(table.agents.get, { params: { id: 'missing' } });

  expect([found.status, ...rateHeaders(found.headers)]).toEqual([200, '10', '9', null]);
  expect([missing.status, ...rateHeaders(missing.headers)]).toEqual([404, '10', '8', null]);
});

it('lets nobody through while nothing can be counted', async () => {
  const away = { ok: false as const, failure: { code: 'UNAVAILABLE' as const, message: 'away' } };
  running = await startGateway({
    coordination: {
      notices: { publish: async () => {}, subscribe: () => () => {} },
      windows: { take: async () => away },
      events: { publish: () => {}, follow: () => () => {}, isFollowed: () => false },
      ping: async () => {},
      close: async () => {},
    },
  });
  const { status, error, headers } = await (await signedIn())(table.agents.list);

  expect([status, error.error_code, headers.get('retry-after')]).toEqual([503, 'LIMITS_UNAVAILABLE', '1']);
});

describe('what a tenant sets for itself', () => {
  it('is in force on the next request, and only ever lowers what it has', async () => {
    running = await startGateway({ limits: { rates: { 'user.read': 50 } } });
    const client = await signedIn();
    const changed = await client(table.limits.updateLimits, {
      body: { own: { 'user.read': 1, 'user.write': 1_000_000 } },
    });

    expect(changed.body.rates).toMatchObject({ 'user.read': 1, 'user.write': 1_200 });
    expect((await client(table.agents.list)).status).toBe(200);
    expect((await client(table.agents.list)).status).toBe(429);
    // The way out stays open.
    expect((await client(table.limits.updateLimits, { body: { own: {} } })).status).toBe(200);
    expect((await client(table.agents.list)).status).toBe(200);
  });

  it('keeps addresses out, but never who sets it', async () => {
    running = await startGateway({ limits: { trustedProxies: ['127.0.0.1'] } });
    const client = await signedIn();
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const lockedOut = await client(table.limits.updateLimits, {
      ...from('192.0.2.1'),
      body: { allow: ['10.0.0.0/8'] },
    });
    const set = await client(table.limits.updateLimits, {
      ...from('10.0.0.1'),
      body: { allow: ['10.0.0.0/8'] },
    });

    expect([lockedOut.status, lockedOut.error.error_code, set.status]).toEqual([409, 'INVALID_STATE', 200]);
    const answers = [
      await client(table.agents.list, from('10.0.0.9')),
      await client(table.agents.list, from('192.0.2.1')),
      await (await signedIn({ tenant: 'globex' }))(table.agents.list, from('192.0.2.1')),
    ];
    expect(answers.map(({ status, error }) => [status, error.error_code])).toEqual([
      [200, undefined],
      [403, 'ADDRESS_DENIED'],
      [200, undefined],
    ]);
  });

  it('reaches open sockets too', async () => {
    running = await startGateway({ limits: { trustedProxies: ['127.0.0.1'] } });
    const token = await (await tokenMaker(running.store, running.gateway.issuer))({});
    const client = apiClient(running.url, token);
    const socket = await connectLive(running.url, token, { 'x-forwarded-for': '192.0.2.1' });
    await client(table.limits.updateLimits, {
      headers: { 'x-forwarded-for': '10.0.0.1' },
      body: { deny: ['192.0.2.0/24'] },
    });

    expect(await socket.closed).toEqual({ code: 4403, reason: 'ADDRESS_DENIED' });
  });

  it('is refused where it names no address or no rate', async () => {
    running = await startGateway();
    const client = await signedIn();
    for (const body of [
      { deny: ['example.com'] },
      { deny: ['10.0.0.0/40'] },
      { own: { 'user.everything': 1 } },
    ]) {
      expect((await client(table.limits.updateLimits, { body: body as never })).status).toBe(400);
    }
  });
});
