import { once } from 'node:events';
import { openCoordination } from '@baton/infra/coordination';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closeCodes, table } from '../api/index.ts';
import { apiClient } from '../test/apiClient.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { createTestClock } from '../test/testClock.ts';

const clock = createTestClock();
let running: Running;
/** A second gateway process over the same store and coordination, which trusts the same issuer. */
let other: Running;
beforeAll(async () => {
  const coordination = await openCoordination({
    redisUrl: undefined,
    now: clock.now,
    after: clock.after,
    newId: () => 'one',
  });
  running = await startGateway({ clock, coordination });
  other = await startGateway({
    clock,
    coordination,
    store: running.store,
    issuer: {
      kind: 'external',
      issuer: running.gateway.issuer,
      clientId: 'baton-editor',
      audience: 'baton-api',
      tenantClaim: 'tenant',
    },
  });
});
afterAll(async () => {
  await other.stop();
  await running.stop();
});

async function login(username: string) {
  const { body } = await apiClient(running.url, undefined)(table.session.login, {
    body: { username, password: username },
  });
  return body.access_token;
}
async function me(token: string, url: string) {
  const { status, error } = await apiClient(url, token)(table.session.me);
  return status === 200 ? 200 : error.error_code;
}

describe('a session that is ended', () => {
  it('is out on the next request of every gateway, although its token was verified there', async () => {
    const token = await login('author');
    expect([await me(token, running.url), await me(token, other.url)]).toEqual([200, 200]);
    await apiClient(running.url, token)(table.session.logout, { body: {} });
    expect([await me(token, running.url), await me(token, other.url)]).toEqual([
      'SESSION_ENDED',
      'SESSION_ENDED',
    ]);
  });

  it('stays out of a gateway that starts later', async () => {
    const token = await login('author');
    await apiClient(running.url, token)(table.session.logout, { body: {} });
    const later = await startGateway({
      clock,
      store: running.store,
      issuer: {
        kind: 'external',
        issuer: running.gateway.issuer,
        clientId: 'baton-editor',
        audience: 'baton-api',
        tenantClaim: 'tenant',
      },
    });
    expect(await me(token, later.url)).toBe('SESSION_ENDED');
    await later.stop();
  });

  it('loses its open sockets, on the other gateway too', async () => {
    const token = await login('designer');
    const sockets = await Promise.all(
      [running, other].map(async ({ url }) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, ['baton', `bearer.${token}`]);
        await once(socket, 'open');
        return socket;
      }),
    );
    const closed = sockets.map(async (socket) => (await once(socket, 'close'))[0]);
    await apiClient(running.url, token)(table.session.logout, { body: {} });
    expect(await Promise.all(closed)).toEqual([closeCodes.tokenEnded, closeCodes.tokenEnded]);
  });

  it('of an issuer where nobody manages people is ended here all the same, and that is said', async () => {
    const token = await login('viewer');
    const { status, error } = await apiClient(other.url, token)(table.session.logout, { body: {} });
    expect([status, error.error_code]).toEqual([503, 'ISSUER_UNAVAILABLE']);
    expect(await me(token, running.url)).toBe('SESSION_ENDED');
    expect((await apiClient(other.url, await login('admin'))(table.users.list)).error.message).toContain(
      'OIDC_ADMIN_CLIENT_SECRET is not set',
    );
  });
});
