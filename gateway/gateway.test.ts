import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDocumentStore } from '@baton/infra/store';
import { afterEach, describe, expect, it } from 'vitest';
import { table } from './api/index.ts';
import { apiClient } from './test/apiClient.ts';
import { requestTokens, signIn } from './test/signIn.ts';
import { type Running, startGateway } from './test/startGateway.ts';
import { tokenMaker } from './test/tokens.ts';

const started: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of started.splice(0).reverse()) await each.stop();
});
async function start(changes?: Parameters<typeof startGateway>[0]): Promise<Running> {
  const running = await startGateway(changes);
  started.push(running);
  return running;
}
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the gateway', () => {
  it('does not put development passwords where others can reach them', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'DEVELOPMENT_PASSWORDS_EXPOSED',
      message: expect.stringMatching(/^Expected .*, but others reach it at 0\.0\.0\.0/),
    });
  });

  it('counts an address in front of it as reachable by others', async () => {
    await expect(start({ publicUrl: 'https://baton.example' })).rejects.toMatchObject({
      code: 'DEVELOPMENT_PASSWORDS_EXPOSED',
    });
  });

  it('does not offer development users beside a real issuer', async () => {
    const issuer = {
      kind: 'external' as const,
      issuer: 'https://id.example/realms/baton',
      clientId: 'baton-editor',
      audience: 'baton-api',
      tenantClaim: 'tenant',
      developmentUsers: true,
    };
    await expect(start({ issuer })).rejects.toMatchObject({ code: 'DEVELOPMENT_PASSWORDS_EXPOSED' });
  });

  it('refuses an open address while a seeded user still has the name as password', async () => {
    const { store } = await start();
    await expect(
      start({ store, host: '0.0.0.0', issuer: { kind: 'embedded', developmentUsers: false } }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('designer, author, admin, viewer, designer@globex'),
    });
  });

  it('names the port that is taken and the variable that changes it', async () => {
    const { gateway } = await start();
    await expect(start({ port: gateway.port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Expected port ${gateway.port} to be free, but another program listens on it; set PORT to another one`,
    });
  });

  it('keeps people signed in over a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-gateway-'));
    const open = () => openDocumentStore({ uri: undefined, dataDirectory: folder, now: () => new Date() });
    const port = await freePort();
    const firstStore = await open();
    const first = await startGateway({ port, store: firstStore });
    const tokens = await signIn(first.url, 'designer');
    await first.stop();
    await firstStore.close();

    const secondStore = await open();
    const second = await startGateway({ port, store: secondStore });
    try {
      expect((await apiClient(second.url, tokens.access_token)(table.session.me)).status).toBe(200);
      const renewed = await requestTokens(second.url, {
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token,
      });
      expect(renewed.status).toBe(200);
    } finally {
      await second.stop();
      await secondStore.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('takes the tokens of a real issuer by its published keys, with the tenant in a claim of its choice', async () => {
    const keycloak = await start();
    const token = await tokenMaker(keycloak.store, keycloak.gateway.issuer);
    const running = await start({
      issuer: {
        kind: 'external',
        issuer: keycloak.gateway.issuer,
        clientId: 'editor',
        audience: 'baton-api',
        tenantClaim: 'organization',
      },
    });
    const access = await token({ tenant: undefined, organization: { initech: {} }, roles: ['viewer'] });
    const me = () => apiClient(running.url, access)(table.session.me);

    expect((await me()).error.error_code).toBe('TENANT_UNKNOWN');
    await running.store.tenants.create({ id: 'hooli', name: 'Hooli', at: new Date() });
    expect((await me()).error.error_code).toBe('TENANT_UNKNOWN');
    await running.store.tenants.create({ id: 'initech', name: 'Initech', at: new Date(Date.now() - 1000) });
    running.clock.advance(10_000);
    expect((await me()).body).toMatchObject({
      tenant: { id: 'initech', name: 'Initech' },
      roles: ['viewer'],
    });
    const { body } = await apiClient(running.url, undefined)(table.session.configuration);
    expect(body).toMatchObject({ issuer: keycloak.gateway.issuer, clientId: 'editor', developmentUsers: [] });
    expect((await fetch(`${running.url}/realms/baton/protocol/openid-connect/auth`)).status).toBe(404);
  });

  it('says when the real issuer cannot be asked, and takes its tokens once it can', async () => {
    const keycloak = await start();
    const token = await tokenMaker(keycloak.store, keycloak.gateway.issuer);
    let reachable = false;
    const running = await start({
      issuer: {
        kind: 'external',
        issuer: keycloak.gateway.issuer,
        clientId: 'editor',
        audience: 'baton-api',
        tenantClaim: 'tenant',
      },
      fetch: (...request) => (reachable ? fetch(...request) : Promise.reject(new TypeError('fetch failed'))),
    });
    const client = apiClient(running.url, await token({}));

    expect((await client(table.session.me)).error.error_code).toBe('ISSUER_UNAVAILABLE');
    expect(await (await fetch(`${running.url}/health/ready`)).json()).toMatchObject({
      status: 'down',
      checks: { issuer: { status: 'down' }, store: { status: 'up' } },
    });
    reachable = true;
    expect((await client(table.session.me)).status).toBe(200);
  });

  it('reports what it stands on', async () => {
    const running = await start({ checks: { memory: async () => {} } });
    expect(await (await fetch(`${running.url}/health/live`)).json()).toMatchObject({ status: 'up' });
    const ready = () => fetch(`${running.url}/health/ready`);
    expect(await (await ready()).json()).toEqual({
      status: 'up',
      version: '0.0.0-test',
      checks: { store: { status: 'up' }, engine: { status: 'up' }, memory: { status: 'up' } },
    });
    running.engine.failure = { code: 'UNAVAILABLE', message: '' };
    expect((await ready()).status).toBe(503);
  });

  it('lets the editor’s development server sign in, and no other page', async () => {
    const editor = 'http://localhost:5173';
    const running = await start({ editorOrigins: [editor] });
    const endpoint = `${running.url}/realms/baton/protocol/openid-connect`;
    const ask = async (redirect_uri: string) => {
      const query = new URLSearchParams({
        client_id: 'baton-editor',
        response_type: 'code',
        scope: 'openid',
        redirect_uri,
        code_challenge: 'a'.repeat(43),
        code_challenge_method: 'S256',
      });
      return (await fetch(`${endpoint}/auth?${query}`, { redirect: 'manual' })).status;
    };
    const readableBy = async (origin: string) => {
      const answer = await fetch(`${endpoint}/token`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({
          client_id: 'baton-editor',
          grant_type: 'refresh_token',
          refresh_token: 'x',
        }),
      });
      return answer.headers.get('access-control-allow-origin');
    };
    expect([await ask(`${editor}/`), await ask('http://localhost:5174/')]).toEqual([303, 400]);
    expect([await readableBy(editor), await readableBy('http://localhost:5174')]).toEqual([editor, null]);
  });
});
