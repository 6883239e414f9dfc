import { type ChildProcess, fork } from 'node:child_process';
import { createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memberRoutes, sessionRoutes, tenantsRoutes } from '@baton/gateway/api';
import { type DocumentStore, openDocumentStore } from '@baton/infra/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayProcessAnswer, GatewayProcessRequest } from '../load/gatewayProcess.ts';
import { startEmbeddedServer } from '../store/embedded/server.ts';
import { hasRedis, startRealRedis } from './redis.ts';
import { root } from './root.ts';

const publicUrl = 'http://localhost:4000';

/** A gateway in a process of its own. */
async function startGatewayProcess(
  mongoUri: string,
  redisUrl: string,
): Promise<{ url: string; stop(): void }> {
  // What is built, as in production: without the test runner's way to the sources.
  const script = join(root, 'infra', 'dist', 'load', 'gatewayProcess.js');
  const child: ChildProcess = fork(script, { execArgv: [] });
  const ready = new Promise<GatewayProcessAnswer>((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`Expected a gateway, but it ended with ${code}`)));
  });
  const request: GatewayProcessRequest = { kind: 'gateway', mongoUri, redisUrl, publicUrl, rate: 1_000_000 };
  child.send(request);
  const answer = await ready;
  if (answer.kind !== 'ready') throw new Error(`Expected a port, but got ${answer.kind}`);
  return { url: `http://127.0.0.1:${answer.port}`, stop: () => child.disconnect() };
}

/** A token as the embedded issuer signs it. */
async function tokenOf(store: DocumentStore, tenant: string, sub: string, roles: string[]): Promise<string> {
  const { signing } = (await store.settings.get('embedded-issuer-keys')) as { signing: { kid: string }[] };
  const [key] = signing;
  const iat = Math.floor(Date.now() / 1000) - 60;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: `${publicUrl}/realms/baton`,
    sub,
    aud: 'baton-api',
    iat,
    exp: iat + 3_600,
    tenant,
    preferred_username: sub,
    realm_access: { roles },
  };
  const content = `${part({ alg: 'RS256', typ: 'at+jwt', kid: key?.kid })}.${part(claims)}`;
  const privateKey = createPrivateKey({ key: key as never, format: 'jwk' });
  return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
}

describe.skipIf(!hasRedis())('two gateway processes with Redis between them (redis-server)', () => {
  let store: DocumentStore;
  let gateways: Awaited<ReturnType<typeof startGatewayProcess>>[];
  const dispose: (() => unknown)[] = [];

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-two-gateways-'));
    dispose.push(() => rmSync(folder, { recursive: true, force: true }));
    const now = () => new Date();
    const documents = await startEmbeddedServer({ directory: join(folder, 'store'), now });
    dispose.push(() => documents.close());
    store = await openDocumentStore({ uri: documents.uri, dataDirectory: folder, now });
    dispose.push(() => store.close());
    const redis = await startRealRedis();
    dispose.push(() => redis.stop());
    for (const id of ['acme', 'globex']) await store.tenants.create({ id, name: id, at: new Date(0) });
    gateways = [];
    for (let n = 0; n < 2; n++) {
      const gateway = await startGatewayProcess(documents.uri, redis.url);
      gateways.push(gateway);
      dispose.push(() => gateway.stop());
    }
  });
  afterAll(async () => {
    for (const end of dispose.reverse()) await end();
  });

  const ask = async (
    gateway: number,
    token: string,
    { method, path }: { method: string; path: string },
    { id = '', body }: { id?: string; body?: object } = {},
  ) => {
    const answer = await fetch(`${gateways[gateway]!.url}/api${path.replace(':id', id)}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const document = text === '' ? {} : (JSON.parse(text) as { error_code?: string; roles?: string[] });
    return { status: answer.status, code: document.error_code, roles: document.roles };
  };
  /** ms from the answer of one gateway until the other one acts on it. */
  async function until(seen: () => Promise<boolean>): Promise<number> {
    const since = performance.now();
    while (!(await seen())) if (performance.now() - since > 5_000) throw new Error('Expected it to be seen');
    return performance.now() - since;
  }

  it('a role given and taken at one is in force at the other', async () => {
    const admin = await tokenOf(store, 'acme', 'sam', ['admin']);
    const dana = await tokenOf(store, 'acme', 'dana', ['designer']);
    const roles = async () => (await ask(1, dana, sessionRoutes.me)).roles?.join();
    expect(await roles()).toBe('designer');
    const delays: number[] = [];
    for (const role of ['viewer', 'author', 'operator', 'viewer', 'designer']) {
      const given = await ask(0, admin, memberRoutes.setMemberRoles, { id: 'dana', body: { roles: [role] } });
      expect(given.status).toBe(200);
      delays.push(await until(async () => (await roles()) === role));
    }
    console.info(`seen by the other gateway after ${delays.map((ms) => ms.toFixed(1)).join(', ')} ms`);
  });

  it('a suspended tenant is locked out of both, and another one is not', async () => {
    const platform = await tokenOf(store, 'platform', 'pat', ['platform']);
    const dana = await tokenOf(store, 'acme', 'dana', ['designer']);
    const gil = await tokenOf(store, 'globex', 'gil', ['designer']);
    for (const gateway of [0, 1]) expect((await ask(gateway, dana, sessionRoutes.me)).status).toBe(200);

    await ask(0, platform, tenantsRoutes.suspendTenant, { id: 'acme', body: { reason: 'unpaid' } });

    const delay = await until(async () => (await ask(1, dana, sessionRoutes.me)).code === 'TENANT_SUSPENDED');
    expect(delay).toBeLessThan(1_000);
    expect((await ask(0, dana, sessionRoutes.me)).code).toBe('TENANT_SUSPENDED');
    expect((await ask(1, gil, sessionRoutes.me)).status).toBe(200);
    await ask(1, platform, tenantsRoutes.resumeTenant, { id: 'acme' });
    await until(async () => (await ask(0, dana, sessionRoutes.me)).status === 200);
  });
});
