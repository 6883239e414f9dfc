import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSignIn, requestTokens, signIn } from '../test/signIn.ts';
import { type Running, startGateway } from '../test/startGateway.ts';

let running: Running;
beforeAll(async () => {
  running = await startGateway();
});
afterAll(() => running.stop());

const me = (token: string) =>
  fetch(`${running.url}/api/me`, { headers: { authorization: `Bearer ${token}` } });

describe('sign-in at the embedded issuer', () => {
  it('gives the designer of acme tokens that the API takes', async () => {
    const tokens = await signIn(running.url, 'designer');

    expect(decodeJwt(tokens.access_token)).toMatchObject({
      iss: `${running.url}/realms/baton`,
      aud: 'baton-api',
      tenant: 'acme',
      preferred_username: 'designer',
      name: 'Dana Reyes',
      realm_access: { roles: ['designer'] },
    });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ aud: 'baton-editor', preferred_username: 'designer' });
    const answer = await me(tokens.access_token);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      user: { username: 'designer', name: 'Dana Reyes', initials: 'DR' },
      tenant: { id: 'acme', name: 'Acme' },
      roles: ['designer'],
      permissions: expect.arrayContaining(['workflows:write', 'deployments:create']),
    });
  });

  it('knows the designer of another tenant by the longer name', async () => {
    const tokens = await signIn(running.url, 'designer@globex');
    expect(await (await me(tokens.access_token)).json()).toMatchObject({
      tenant: { id: 'globex', name: 'Globex' },
    });
  });

  it('keeps the name and says what is wrong when the password does not match', async () => {
    const { browser, address } = await openSignIn(running.url);

    const { response } = await browser.post(address, { username: 'author', password: '<wrong>' });

    expect(response.status).toBe(401);
    const html = await response.text();
    expect(html).toContain('value="author"');
    expect(html).toContain('User name and password do not match. 4 tries left before a pause of 5 minutes.');
    expect(html).not.toContain('wrong&');
  });

  it('signs a development user in by one click', async () => {
    const { browser, address, response, redirectUri, redeem } = await openSignIn(running.url);
    expect(await response.text()).toContain('name="as" value="designer@globex"');

    const posted = await browser.post(address, { as: 'designer@globex' }, (url) =>
      url.startsWith(redirectUri),
    );

    expect(decodeJwt((await redeem(posted.address)).access_token).tenant).toBe('globex');
  });

  it('does not ask again while the session lasts', async () => {
    const first = await openSignIn(running.url);
    await first.browser.post(first.address, { username: 'author', password: 'author' }, (url) =>
      url.startsWith(first.redirectUri),
    );

    const second = await openSignIn(running.url, first.browser);

    expect(second.address).toContain('/signed-in?code=');
  });

  it('gives every refresh token for one use, and ends the sign-in when one is used twice', async () => {
    const tokens = await signIn(running.url, 'designer');
    const refresh = (refresh_token: string) =>
      requestTokens(running.url, { grant_type: 'refresh_token', refresh_token });

    const renewed = (await (await refresh(tokens.refresh_token)).json()) as {
      refresh_token: string;
      access_token: string;
    };
    expect((await me(renewed.access_token)).status).toBe(200);
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);

    // Another tab of the same browser, a moment later.
    expect((await refresh(tokens.refresh_token)).status).toBe(200);

    running.clock.advance(11_000);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
    expect((await refresh(renewed.refresh_token)).status).toBe(400);
  });

  it('gives no code without proof of possession, and to no other address', async () => {
    const endpoint = `${running.url}/realms/baton/protocol/openid-connect/auth`;
    const ask = async (fields: Record<string, string>) => {
      const query = new URLSearchParams({
        client_id: 'baton-editor',
        response_type: 'code',
        scope: 'openid',
        ...fields,
      });
      return fetch(`${endpoint}?${query}`, { redirect: 'manual' });
    };

    const withoutProof = await ask({ redirect_uri: `${running.url}/` });
    expect(withoutProof.headers.get('location')).toContain('error=invalid_request');
    const elsewhere = await ask({
      redirect_uri: 'https://elsewhere.example/',
      code_challenge: 'a'.repeat(43),
    });
    expect(elsewhere.status).toBe(400);
    expect(await elsewhere.text()).toContain('Sign-in failed');
  });

  it('signs out', async () => {
    const first = await openSignIn(running.url);
    const posted = await first.browser.post(
      first.address,
      { username: 'author', password: 'author' },
      (url) => url.startsWith(first.redirectUri),
    );
    const tokens = await first.redeem(posted.address);
    const endpoint = `${running.url}/realms/baton/protocol/openid-connect/logout`;
    const query = new URLSearchParams({
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: `${running.url}/`,
    });

    const question = await first.browser.open(`${endpoint}?${query}`);
    const html = await question.response.text();
    const action = /action="([^"]+)"/.exec(html)![1]!;
    const secret = /name="xsrf" value="([^"]+)"/.exec(html)![1]!;
    const left = await first.browser.post(
      action,
      { xsrf: secret, logout: 'yes' },
      (url) => url === `${running.url}/`,
    );

    expect(left.address).toBe(`${running.url}/`);
    expect((await me(tokens.access_token)).status).toBe(401);
    const audited = await running.store.audit.list('acme', { actor: 'acme-author' }, { limit: 9, offset: 0 });
    expect(audited.items.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
      expect.arrayContaining(['session.signOut done', 'session.signIn done']),
    );
    expect(
      (await requestTokens(running.url, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }))
        .status,
    ).toBe(400);
    expect((await openSignIn(running.url, first.browser)).response.status).toBe(200);
  });

  it('publishes where everything is, as Keycloak does', async () => {
    const issuer = `${running.url}/realms/baton`;
    const document = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/protocol/openid-connect/auth`,
      token_endpoint: `${issuer}/protocol/openid-connect/token`,
      jwks_uri: `${issuer}/protocol/openid-connect/certs`,
      end_session_endpoint: `${issuer}/protocol/openid-connect/logout`,
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('writes no password, code or token to the log', async () => {
    const tokens = await signIn(running.url, 'designer');
    await me(tokens.access_token);
    const log = running.logLines.join('');
    expect(log).toContain('/api/me');
    for (const secret of [tokens.access_token, tokens.refresh_token, 'code=', 'password'])
      expect(log).not.toContain(secret);
  });

  it('pauses a name after five wrong passwords, and lets it in again after the pause', async () => {
    const { browser, address, redirectUri } = await openSignIn(running.url);
    for (let attempt = 1; attempt <= 5; attempt++) {
      await browser.post(address, { username: 'admin', password: 'guess' });
    }

    const paused = await browser.post(address, { username: 'admin', password: 'admin' });
    expect(await paused.response.text()).toContain('Too many wrong passwords');

    running.clock.advance(5 * 60_000 + 1);
    const entered = await browser.post(address, { username: 'admin', password: 'admin' }, (url) =>
      url.startsWith(redirectUri),
    );
    expect(new URL(entered.address).searchParams.get('code')).toBeTruthy();
  });
});
