import { afterEach, describe, expect, it, vi } from 'vitest';
import type { McpAuth } from '../../../contract/index.ts';
import { createMcpConnections } from '../../../index.ts';
import { startAuthorizationServer } from '../test/authorizationServer.ts';
import { savedServer, tenantId, worldOfServers } from '../test/worldOfServers.ts';

const redirectUrl = 'https://baton.example.com/mcp/oauth/callback';
const patience = { timeout: 10_000, interval: 20 };
const signal = new AbortController().signal;

describe('a server behind OAuth 2.1', () => {
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const each of cleanUp.splice(0).reverse()) await each();
  });

  async function behindOAuth(auth: McpAuth = { kind: 'oauth', scopes: ['read'] }) {
    const shop = await startAuthorizationServer();
    const of = worldOfServers();
    of.servers.set('server-1', savedServer({ kind: 'http', url: shop.url }, { name: 'shop', auth }));
    const connections = createMcpConnections(of.world);
    cleanUp.push(shop.stop, () => connections.close());
    await connections.start(tenantId);
    const state = () => connections.status(tenantId, 'server-1').state;
    await vi.waitFor(() => expect(state()).not.toBe('connecting'), patience);
    const begin = async () => {
      const begun = await connections.beginAuthorization(tenantId, 'server-1', {
        redirectUrl,
        state: 'ours',
      });
      if (!begun.ok) throw new Error(begun.failure.message);
      return begun.value.url;
    };
    const finish = (params: URLSearchParams) =>
      connections.finishAuthorization(tenantId, 'server-1', { redirectUrl, params });
    const call = async () => {
      const found = await connections.source.get(tenantId, 'shop.orders', undefined);
      if (!found) throw new Error('no tool');
      const call = {
        tenantId,
        name: 'shop.orders',
        version: undefined,
        arguments: {},
        idempotencyKey: 'call',
      };
      return connections.source.run(found, call, signal);
    };
    return { ...of, connections, shop, state, begin, finish, call };
  }

  it('is opened by a person who signs in: registration, PKCE, and then its tools', async () => {
    const { shop, state, begin, finish, call } = await behindOAuth();
    expect(state()).toBe('needsAuthorization');
    expect(shop.seen.registrations).toBe(0);

    const address = new URL(await begin());
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: 'client-1',
      code_challenge_method: 'S256',
      redirect_uri: redirectUrl,
      resource: shop.url,
      response_type: 'code',
      scope: 'read',
      state: 'ours',
    });
    expect(await finish(shop.signIn(address.href))).toEqual({ ok: true, value: undefined });
    await vi.waitFor(() => expect(state()).toBe('connected'), patience);

    // What it was shown is masked.
    expect(await call()).toMatchObject({ ok: true, value: 'orders for ••••••' });
  });

  it('is asked again with a refreshed token when the old one has expired, once for all who ask', async () => {
    const { shop, state, begin, finish, call } = await behindOAuth();
    await finish(shop.signIn(await begin()));
    await vi.waitFor(() => expect(state()).toBe('connected'), patience);

    shop.expire();

    const outcomes = await Promise.all([call(), call(), call()]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(shop.seen.refreshes).toBe(1);
    expect(shop.seen.registrations).toBe(1);
  });

  it('needs a person again when the token cannot be refreshed', async () => {
    const { connections, shop, state, begin, finish, call } = await behindOAuth();
    await finish(shop.signIn(await begin()));
    await vi.waitFor(() => expect(state()).toBe('connected'), patience);

    shop.revoke();

    expect(await call()).toMatchObject({
      failure: {
        code: 'TOOL_SERVER_UNAVAILABLE',
        message: "Expected 'shop' to let us in, but it wants to know who asks (401)",
      },
    });
    await vi.waitFor(() => expect(state()).toBe('needsAuthorization'), patience);
    await finish(shop.signIn(await begin()));
    await vi.waitFor(() => expect(state()).toBe('connected'), patience);
    expect(JSON.stringify(connections.messages(tenantId, 'server-1'))).not.toMatch(
      /(access|refresh)-[0-9a-f]/,
    );
  });

  it('knows the client that an admin has registered by hand, and its secret', async () => {
    const { world, shop, state, begin, finish } = await behindOAuth({
      kind: 'oauth',
      scopes: [],
      clientId: 'baton',
    });
    await world.credentials.change(tenantId, 'server-1', undefined, { clientSecret: 'sesame-of-client' });

    await finish(shop.signIn(await begin()));

    await vi.waitFor(() => expect(state()).toBe('connected'), patience);
    expect(shop.seen).toMatchObject({
      registrations: 0,
      clients: ['baton:sesame-of-client'],
      scopes: ['read'],
    });
    const kept = await world.credentials.get(tenantId, 'server-1', undefined);
    expect(kept?.oauth).not.toContain('sesame-of-client');
  });

  it('takes no callback that was not begun here, or begun for another sign-in', async () => {
    const { shop, begin, finish } = await behindOAuth();

    expect(await finish(new URLSearchParams({ code: 'stolen' }))).toEqual({
      ok: false,
      failure: {
        code: 'MCP_AUTHORIZATION_FAILED',
        message: "Expected an authorization of 'shop' that was begun here, but there is none",
      },
    });
    const first = shop.signIn(await begin());
    await begin();
    expect(await finish(first)).toMatchObject({ failure: { code: 'MCP_AUTHORIZATION_FAILED' } });
    // A callback is good for one attempt.
    expect(await finish(shop.signIn(await begin()))).toMatchObject({ ok: true });
  });

  it('says that a person refused, but nothing that whoever made the callback wrote', async () => {
    const { begin, finish } = await behindOAuth();

    await begin();
    expect(
      await finish(new URLSearchParams({ error: 'access_denied', error_description: 'Call 555-1234' })),
    ).toMatchObject({
      failure: {
        message: "Expected to be let in to 'shop', but its authorization server refused: access_denied",
      },
    });
    await begin();
    expect(await finish(new URLSearchParams({ error: 'Call 555-1234' }))).toMatchObject({
      failure: { message: "Expected to be let in to 'shop', but its authorization server refused" },
    });
  });

  it('takes no tokens of an issuer that is not its own', async () => {
    const { shop, begin, finish } = await behindOAuth();
    const params = shop.signIn(await begin());
    params.set('iss', 'https://evil.example.com');

    expect(await finish(params)).toMatchObject({ ok: false, failure: { code: 'MCP_AUTHORIZATION_FAILED' } });
  });
});
