import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../api/index.ts';
import type { GatewayDependencies } from '../dependencies.ts';
import { apiClient } from '../test/apiClient.ts';
import { Browser, openSignIn, requestTokens, type Tokens } from '../test/signIn.ts';
import { type Running, startGateway } from '../test/startGateway.ts';

export interface IdentityUnderTest {
  running: Running;
  issuer: string;
  /** Origin of the editor's pages as the issuer knows it. */
  origin: string;
  close(): Promise<void>;
}

const password = 'correct horse battery';

/** What sign-in, tokens and people do, whoever issues the tokens. */
export function identitySuite(name: string, open: () => Promise<IdentityUnderTest>): void {
  describe(`sign-in at ${name}`, () => {
    let under: IdentityUnderTest;
    let running: Running;
    const more: Running[] = [];
    const unique = Date.now().toString(36);
    let count = 0;
    beforeAll(async () => {
      under = await open();
      ({ running } = under);
    });
    afterAll(async () => {
      for (const each of more) await each.stop();
      await under?.close();
    });

    const me = async (token: string, url = running.url) => {
      const { status, body, error } = await apiClient(url, token)(table.session.me);
      return status === 200 ? body : error.error_code;
    };
    const ask = (fields: Record<string, string>) => requestTokens(under.origin, fields, under.issuer);
    const refresh = (refresh_token: string) => ask({ grant_type: 'refresh_token', refresh_token });
    const openPage = (browser?: Browser) => openSignIn(under.origin, browser, under.issuer);
    const login = async (username: string, secret = username) => {
      const { body } = await apiClient(running.url, undefined)(table.session.login, {
        body: { username, password: secret },
      });
      return body;
    };
    const admin = async () => apiClient(running.url, (await login('admin')).access_token);

    /** Fills in the form of the page, whoever made it. */
    async function fillIn(page: Awaited<ReturnType<typeof openPage>>, username: string, secret = username) {
      const html = await page.response.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
      return page.browser.post(new URL(action, page.address).href, { username, password: secret }, (url) =>
        url.startsWith(page.redirectUri),
      );
    }
    async function signIn(username: string, browser?: Browser): Promise<Tokens> {
      const page = await openPage(browser);
      return page.redeem((await fillIn(page, username)).address);
    }
    /** Some time later than it is; tokens are issued by the real clock. */
    async function later<T>(ms: number, act: () => Promise<T>): Promise<T> {
      running.clock.advance(ms);
      try {
        return await act();
      } finally {
        running.clock.advance(-ms);
      }
    }
    /** Another gateway that trusts somebody else, or tokens for somebody else. */
    async function trusting(changes: { issuer?: string; audience?: string }) {
      const issuer: GatewayDependencies['issuer'] = {
        kind: 'external',
        issuer: under.issuer,
        clientId: 'baton-editor',
        audience: 'baton-api',
        tenantClaim: 'tenant',
        ...changes,
      };
      const started = await startGateway({ store: running.store, issuer });
      more.push(started);
      return started;
    }
    /** Somebody of acme, for this test only. */
    async function newcomer(roles = ['viewer']) {
      const username = `new-${unique}-${count++}`;
      const made = await (await admin())(table.users.create, {
        body: { username, name: 'New Comer', email: `${username}@acme.example`, password, roles },
      });
      if (made.status !== 201) throw new Error(JSON.stringify(made.error));
      return { username, id: made.body.id };
    }

    it('is where the discovery document says', async () => {
      const answer = await fetch(`${under.issuer}/.well-known/openid-configuration`);
      const endpoint = `${under.issuer}/protocol/openid-connect`;
      expect(await answer.json()).toMatchObject({
        issuer: under.issuer,
        authorization_endpoint: `${endpoint}/auth`,
        token_endpoint: `${endpoint}/token`,
        jwks_uri: `${endpoint}/certs`,
        end_session_endpoint: `${endpoint}/logout`,
        userinfo_endpoint: `${endpoint}/userinfo`,
        grant_types_supported: expect.arrayContaining([
          'authorization_code',
          'refresh_token',
          'client_credentials',
        ]),
        code_challenge_methods_supported: expect.arrayContaining(['S256']),
      });
    });

    it('leads by code and proof of possession to tokens with all the claims', async () => {
      const tokens = await signIn('designer');
      const { aud, ...claims } = decodeJwt(tokens.access_token);
      expect([aud].flat()).toContain('baton-api');
      expect(claims).toMatchObject({
        iss: under.issuer,
        tenant: 'acme',
        groups: ['acme'],
        preferred_username: 'designer',
        name: 'Dana Reyes',
        email: 'designer@acme.example',
        realm_access: { roles: ['designer'] },
        sub: expect.any(String),
        sid: expect.any(String),
      });
      expect(claims.exp! - claims.iat!).toBe(300);
      expect(decodeJwt(tokens.id_token)).toMatchObject({ aud: 'baton-editor', tenant: 'acme' });
      expect(await me(tokens.access_token)).toMatchObject({
        user: { username: 'designer', name: 'Dana Reyes' },
        tenant: { id: 'acme' },
        roles: ['designer'],
      });
      const foreign = await signIn('designer@globex');
      expect(await me(foreign.access_token)).toMatchObject({ tenant: { id: 'globex' } });
    });

    it('gives no code without a challenge, and no tokens for another verifier', async () => {
      const query = new URLSearchParams({
        client_id: 'baton-editor',
        response_type: 'code',
        scope: 'openid',
        redirect_uri: `${under.origin}/signed-in`,
      });
      const asked = await fetch(`${under.issuer}/protocol/openid-connect/auth?${query}`, {
        redirect: 'manual',
      });
      expect(asked.headers.get('location')).toContain('error=invalid_request');

      const page = await openPage();
      const { address } = await fillIn(page, 'author');
      const stolen = await ask({
        grant_type: 'authorization_code',
        code: new URL(address).searchParams.get('code')!,
        redirect_uri: page.redirectUri,
        code_verifier: 'v'.repeat(43),
      });
      expect(stolen.status).toBe(400);
    });

    it('with a wrong password stays on the page', async () => {
      const page = await openPage();
      const posted = await fillIn(page, 'author', 'wrong');
      expect(posted.address).not.toMatch(/[?&]code=/);
      expect(await posted.response.text()).toMatch(/Invalid username or password|do not match/);
    });

    it('renews once by each refresh token, and reuse ends it', async () => {
      const first = await signIn('designer');
      const renewed = (await (await refresh(first.refresh_token)).json()) as Tokens;
      expect(renewed.refresh_token).not.toBe(first.refresh_token);
      expect(await me(renewed.access_token)).toMatchObject({ roles: ['designer'] });
      // Not by another tab of the same moment.
      const reused = await later(11_000, () => refresh(first.refresh_token));
      expect(reused.status).toBe(400);
      expect((await refresh(renewed.refresh_token)).status).toBe(400);
    });

    it('ends by sign-out: no refresh afterwards', async () => {
      const browser = new Browser();
      const { id_token, refresh_token } = await signIn('author', browser);
      const query = new URLSearchParams({
        id_token_hint: id_token,
        post_logout_redirect_uri: `${under.origin}/`,
      });
      const left = (url: string) => url === `${under.origin}/`;
      const opened = await browser.open(`${under.issuer}/protocol/openid-connect/logout?${query}`, left);
      if (!left(opened.address)) {
        const html = await opened.response.text();
        const action = /action="([^"]+)"/.exec(html)![1]!;
        const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)![1]!;
        await browser.post(new URL(action, opened.address).href, { xsrf, logout: 'yes' }, left);
      }
      expect((await refresh(refresh_token)).status).toBe(400);
    });

    it('lets services in with credentials of their own, as what they are', async () => {
      const as = (secret: string) =>
        fetch(`${under.issuer}/protocol/openid-connect/token`, {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`baton-service:${secret}`).toString('base64')}`,
          },
          body: new URLSearchParams({ grant_type: 'client_credentials' }),
        });
      const { access_token, refresh_token } = (await (
        await as('baton-service-development')
      ).json()) as Tokens;
      expect(refresh_token).toBeUndefined();
      const { aud, ...claims } = decodeJwt(access_token);
      expect([aud].flat()).toContain('baton-api');
      expect(claims).toMatchObject({
        tenant: 'acme',
        groups: ['acme'],
        preferred_username: 'service-account-baton-service',
        realm_access: { roles: ['operator'] },
      });
      expect(await me(access_token)).toMatchObject({
        user: { username: 'service-account-baton-service' },
        tenant: { id: 'acme' },
        roles: ['operator'],
      });
      expect((await as('guess')).status).toBe(401);
    });

    it('gives tokens that work nowhere else, and no other token works here', async () => {
      const { access_token } = await login('viewer');
      const [header, payload, signature] = access_token.split('.') as [string, string, string];
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const claims = decodeJwt(access_token);
      const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
      const { privateKey } = await generateKeyPair('RS256');
      const sign = (alg: string) => new SignJWT(claims).setProtectedHeader({ alg, kid });
      const forged = {
        tampered: `${header}.${part({ ...claims, tenant: 'globex' })}.${signature}`,
        'without a signature': `${part({ alg: 'none' })}.${payload}.`,
        'of a key of its own': await sign('RS256').sign(privateKey),
        'signed with the public key': await sign('HS256').sign(Buffer.from(kid.padEnd(32, '0'))),
        nonsense: 'a.b.c',
      };
      const answers = await Promise.all(
        Object.entries(forged).map(async ([kind, token]) => [kind, await me(token)]),
      );
      expect(answers).toEqual(Object.keys(forged).map((kind) => [kind, 'TOKEN_INVALID']));
      const elsewhere = await trusting({ audience: 'another-api' });
      expect(await me(access_token, elsewhere.url)).toBe('TOKEN_INVALID');
      const other = await trusting({ issuer: under.issuer.replace('127.0.0.1', 'localhost') });
      expect(await me(access_token, other.url)).toBe('TOKEN_INVALID');
      expect(await me(access_token)).toMatchObject({ roles: ['viewer'] });
    });

    it('lets programs in by name and password, who renew and end it', async () => {
      const anonymous = apiClient(running.url, undefined);
      const first = await login('viewer');
      const second = await login('viewer');
      const renewal = { body: { refresh_token: first.refresh_token } };
      const renewed = await anonymous(table.session.renew, renewal);
      expect(await me(renewed.body.access_token)).toMatchObject({ user: { username: 'viewer' } });
      const reused = await later(11_000, () => anonymous(table.session.renew, renewal));
      expect(reused.error.error_code).toBe('REFRESH_TOKEN_INVALID');

      const third = await login('viewer');
      const ended = await apiClient(running.url, third.access_token)(table.session.logout, { body: {} });
      expect([ended.status, await me(third.access_token)]).toEqual([204, 'SESSION_ENDED']);
      expect(
        (await anonymous(table.session.renew, { body: { refresh_token: third.refresh_token } })).status,
      ).toBe(400);
      expect(await me(second.access_token)).toMatchObject({ user: { username: 'viewer' } });

      const { username } = await newcomer();
      const [one, two] = [await login(username, password), await login(username, password)];
      await apiClient(running.url, one.access_token)(table.session.logout, { body: { everywhere: true } });
      expect([await me(one.access_token), await me(two.access_token)]).toEqual([
        'SESSION_ENDED',
        'SESSION_ENDED',
      ]);
    });

    it('is ended by a program as well when a browser began it', async () => {
      const browser = new Browser();
      const { access_token, refresh_token } = await signIn('author', browser);
      await apiClient(running.url, access_token)(table.session.logout, { body: {} });
      expect([await me(access_token), (await refresh(refresh_token)).status]).toEqual(['SESSION_ENDED', 400]);
      expect((await openPage(browser)).address).not.toMatch(/[?&]code=/);
    });

    it('pauses after five wrong passwords', async () => {
      const { username } = await newcomer();
      const anonymous = apiClient(running.url, undefined);
      const codes: string[] = [];
      for (let tries = 0; tries < 6; tries++) {
        const { error } = await anonymous(table.session.login, { body: { username, password: 'guess' } });
        codes.push(error.error_code);
      }
      expect(codes).toEqual([...Array(4).fill('CREDENTIALS_INVALID'), ...Array(2).fill('SIGN_IN_PAUSED')]);
      const right = await anonymous(table.session.login, { body: { username, password } });
      expect([right.status, right.error.error_code]).toEqual([429, 'SIGN_IN_PAUSED']);
    });

    it('ends with the token, by the clock', async () => {
      const { access_token } = await login('viewer');
      expect(await me(access_token)).toMatchObject({ roles: ['viewer'] });
      expect(await later(6 * 60_000, () => me(access_token))).toBe('TOKEN_EXPIRED');
    });

    describe('people', () => {
      it('have their new roles on the next request, and in the next token', async () => {
        const { username, id } = await newcomer();
        const { access_token } = await login(username, password);
        expect(await me(access_token)).toMatchObject({ roles: ['viewer'] });
        const changed = await (await admin())(table.users.setRoles, {
          params: { id },
          body: { roles: ['designer', 'operator'] },
        });
        expect(changed.body.roles.sort()).toEqual(['designer', 'operator']);
        const now = (await me(access_token)) as { roles: string[] };
        expect(now.roles.toSorted()).toEqual(['designer', 'operator']);
        const { realm_access } = decodeJwt((await login(username, password)).access_token);
        const { roles } = realm_access as { roles: string[] };
        expect(roles).toEqual(expect.arrayContaining(['designer', 'operator']));
        expect(roles).not.toContain('viewer');
      });

      it('who are disabled, given a password or deleted are out at once, with every token', async () => {
        const { username, id } = await newcomer();
        const asAdmin = await admin();
        const inside = async (secret = password) => (await login(username, secret)).access_token;

        const first = await inside();
        expect(await me(first)).toMatchObject({ roles: ['viewer'] });
        await asAdmin(table.users.update, { params: { id }, body: { enabled: false } });
        expect(await me(first)).toBe('SESSION_ENDED');
        const refused = await apiClient(running.url, undefined)(table.session.login, {
          body: { username, password },
        });
        expect(refused.error.error_code).toBe('CREDENTIALS_INVALID');
        await asAdmin(table.users.update, { params: { id }, body: { enabled: true } });

        // Times in a token are full seconds.
        await new Promise((resolve) => setTimeout(resolve, 1_050));
        const second = await inside();
        expect(await me(second)).toMatchObject({ roles: ['viewer'] });
        await asAdmin(table.users.setPassword, { params: { id }, body: { password: 'a newer password' } });
        expect(await me(second)).toBe('SESSION_ENDED');

        await new Promise((resolve) => setTimeout(resolve, 1_050));
        const third = await inside('a newer password');
        expect(await me(third)).toMatchObject({ roles: ['viewer'] });
        expect((await asAdmin(table.users.delete, { params: { id } })).status).toBe(204);
        expect(['SESSION_ENDED', 'MEMBER_REMOVED']).toContain(await me(third));
        expect((await asAdmin(table.users.get, { params: { id } })).status).toBe(404);
      });

      it('of another tenant are not there', async () => {
        const { id } = await newcomer();
        const foreign = await signIn('designer@globex');
        const asAdmin = await admin();
        const globex = decodeJwt(foreign.access_token).sub!;
        expect((await asAdmin(table.users.get, { params: { id } })).status).toBe(200);
        for (const [row, body] of [
          [table.users.get, undefined],
          [table.users.update, { enabled: false }],
          [table.users.setRoles, { roles: [] }],
          [table.users.setPassword, { password }],
          [table.users.delete, undefined],
        ] as const) {
          const answer = await asAdmin(row, { params: { id: globex }, body });
          expect([row.path, answer.status]).toEqual([row.path, 404]);
        }
        const { body } = await asAdmin(table.users.list, { query: { limit: 200 } });
        expect(body.items.map(({ username }) => username)).toEqual(
          expect.arrayContaining(['admin', 'author', 'designer', 'viewer']),
        );
        expect(JSON.stringify(body)).not.toContain('globex');
      });

      it('come by an invitation, once', async () => {
        const asAdmin = await admin();
        const { body } = await asAdmin(table.invitations.create, {
          body: { email: 'guest@acme.example', roles: ['author'] },
        });
        const token = body.link.split('/').at(-1)!;
        const anonymous = apiClient(running.url, undefined);
        const answers = await Promise.all(
          ['a', 'b', 'c'].map((letter) =>
            anonymous(table.invitations.accept, {
              body: { token, username: `guest-${unique}-${letter}`, name: 'A Guest', password },
            }),
          ),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410]);
        const accepted = answers.find(({ status }) => status === 201)!.body;
        expect(await me((await login(accepted.username, password)).access_token)).toMatchObject({
          user: { username: accepted.username, name: 'A Guest' },
          tenant: { id: 'acme' },
          roles: ['author'],
        });
      });

      it('make themselves a tenant, where that is open', async () => {
        const anonymous = apiClient(running.url, undefined);
        const id = `t${unique}`;
        const body = {
          tenant: { id, name: 'Initech' },
          username: `founder-${unique}`,
          name: 'Fay Founder',
          email: 'fay@initech.example',
          password,
        };
        expect((await anonymous(table.registrations.create, { body })).status).toBe(201);
        expect((await anonymous(table.registrations.create, { body })).error.error_code).toBe(
          'ALREADY_EXISTS',
        );
        expect(await me((await login(body.username, password)).access_token)).toMatchObject({
          tenant: { id, name: 'Initech' },
          roles: ['owner'],
        });
      });
    });
  });
}
