import { expect, it } from 'vitest';
import { createAdminApi } from './adminApi.ts';

const issuer = 'https://id.example/realms/baton';

function setUp(answer: (request: { url: string; token: string | null }) => Response | Promise<Response>) {
  let now = 1_000_000;
  let issued = 0;
  const asked: string[] = [];
  const timers = new Set<() => void>();
  const api = createAdminApi({
    issuer,
    clientId: 'baton-gateway',
    clientSecret: 'secret',
    clock: {
      now: () => now,
      after(_delay, call) {
        timers.add(call);
        return () => timers.delete(call);
      },
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      if (request.url.endsWith('/token'))
        return issued === 99
          ? new Response('{}', { status: 401 })
          : Response.json({ access_token: `t${++issued}`, expires_in: 300 });
      const aborted = new Promise<never>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
      const token = request.headers.get('authorization');
      return Promise.race([answer({ url: request.url, token }), aborted]);
    },
  });
  return {
    api,
    asked,
    advance: (ms: number) => (now += ms),
    letTimeOut: () => {
      for (const call of timers) call();
    },
    refuseTokens: () => (issued = 99),
  };
}
const away = { ok: false, failure: { code: 'ISSUER_UNAVAILABLE' } };

it('asks for a token once, and for another before it ends', async () => {
  const { api, asked, advance } = setUp(() => Response.json([]));
  await Promise.all([api.ask('GET', '/users'), api.ask('GET', '/users')]);
  expect(asked.filter((each) => each.endsWith('/token'))).toHaveLength(1);
  expect(asked).toContain('GET /admin/realms/baton/users');
  advance(275_000);
  await api.ask('GET', '/users');
  expect(asked.filter((each) => each.endsWith('/token'))).toHaveLength(2);
});

it('comes back with a fresh token when the old one is refused, once', async () => {
  const once = setUp(({ token }) =>
    token === 'Bearer t1' ? new Response(null, { status: 401 }) : Response.json(3),
  );
  expect(await once.api.ask('GET', '/users/count')).toMatchObject({ ok: true, value: { body: 3 } });
  const never = setUp(() => new Response(null, { status: 401 }));
  expect(await never.api.ask('GET', '/users')).toMatchObject(away);
  expect(never.asked).toHaveLength(4);
});

it.each([400, 404, 409])('hands on %i, which is about what was asked', async (status) => {
  const { api } = setUp(() => Response.json({ errorMessage: 'why' }, { status }));
  expect(await api.ask('POST', '/users', {})).toMatchObject({
    ok: true,
    value: { status, body: { errorMessage: 'why' } },
  });
});

it.each([403, 429, 500, 503])('answers %i as the service’s trouble', async (status) => {
  const { api } = setUp(() => new Response('<html>', { status }));
  expect(await api.ask('GET', '/users')).toMatchObject(away);
});

it('waits for no answer longer than it must, and asks again the next time', async () => {
  let slow = true;
  const { api, asked: sent, letTimeOut } = setUp(() => (slow ? new Promise(() => {}) : Response.json(1)));
  const asked = api.ask('GET', '/users');
  await expect.poll(() => sent.includes('GET /admin/realms/baton/users')).toBe(true);
  letTimeOut();
  expect(await asked).toMatchObject(away);
  slow = false;
  expect(await api.ask('GET', '/users')).toMatchObject({ ok: true });
});

it('says when the client is not let in', async () => {
  const { api, refuseTokens } = setUp(() => Response.json([]));
  refuseTokens();
  expect(await api.ask('GET', '/users')).toMatchObject({
    ok: false,
    failure: { message: expect.stringContaining("does not let in the client 'baton-gateway'") },
  });
});
