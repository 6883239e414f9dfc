import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { DocumentStore, User } from '@baton/infra/store';
import type { Configuration } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import type { IssuerKeys } from './keys.ts';
import { escapeHtml, page } from './page.ts';
import { problemPage, signInPath } from './signIn.ts';

/** Audience of access tokens for this API, as a Keycloak client scope would set it. */
export const audience = 'baton-api';
export const editorClient = 'baton-editor';
export const realmPath = '/realms/baton';

/** The API as OAuth knows it (RFC 8707); every token is for it. */
const apiResource = 'urn:baton:api';
const scopes = 'openid profile email';

/** Seconds. */
const lifetimes = { accessToken: 5 * 60, session: 10 * 60 * 60, signIn: 30 * 60 };

export interface EmbeddedProviderOptions {
  /** Origin browsers use. */
  origin: string;
  /** Further origins of the editor. */
  editorOrigins: readonly string[];
  store: DocumentStore;
  adapter: Configuration['adapter'];
  keys: IssuerKeys;
}

/** An OpenID Connect provider at the routes of a Keycloak realm `baton`, with the editor as its one client. */
export function createEmbeddedProvider({
  origin,
  editorOrigins,
  store,
  adapter,
  keys,
}: EmbeddedProviderOptions): Provider {
  const base = '/protocol/openid-connect';
  const editorPages = [origin, ...editorOrigins].flatMap((from) => [`${from}/`, `${from}/signed-in`]);
  const provider = new Provider(origin + realmPath, {
    adapter,
    jwks: { keys: keys.signing },
    clients: [
      {
        client_id: editorClient,
        client_name: 'Baton',
        application_type: 'web',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: editorPages,
        post_logout_redirect_uris: editorPages,
      },
    ],
    routes: {
      authorization: `${base}/auth`,
      token: `${base}/token`,
      jwks: `${base}/certs`,
      end_session: `${base}/logout`,
      userinfo: `${base}/userinfo`,
      introspection: `${base}/token/introspect`,
      revocation: `${base}/revoke`,
      pushed_authorization_request: `${base}/ext/par/request`,
    },
    scopes: scopes.split(' '),
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'tenant'],
      email: ['email'],
    },
    // Browsers name the origin on a request to the same origin too.
    clientBasedCORS: (_ctx, from) => from === origin || editorOrigins.includes(from),
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    interactions: {
      url: (_ctx, interaction) => `${realmPath}${signInPath}/${interaction.uid}`,
    },
    cookies: {
      keys: keys.cookies,
      names: {
        session: 'baton_session',
        interaction: 'baton_interaction',
        resume: 'baton_interaction_resume',
      },
      long: { sameSite: 'lax', httpOnly: true, path: realmPath },
      short: { sameSite: 'lax', httpOnly: true },
    },
    ttl: {
      AccessToken: lifetimes.accessToken,
      IdToken: lifetimes.accessToken,
      AuthorizationCode: 60,
      RefreshToken: lifetimes.session,
      Session: lifetimes.session,
      Grant: lifetimes.session,
      Interaction: lifetimes.signIn,
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => apiResource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopes,
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetimes.accessToken,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.set('Cache-Control', 'no-store');
          const { entities, session } = ctx.oidc;
          const hint = entities.IdTokenHint as { payload?: { sub?: string } } | undefined;
          // Who brings the ID token of this very session asked for it in the editor and is not asked again.
          const asked = hint?.payload?.sub !== undefined && hint.payload.sub === session?.accountId;
          if (asked) allowScript(ctx.res, submitLogout);
          ctx.body = page(
            'Sign out',
            `<div><h1>Sign out of Baton?</h1><p class="dim">Work that is not saved stays in this browser.</p></div>
${form}<button class="primary" type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
<a class="button" href="/">Stay signed in</a>${asked ? `<script>${submitLogout}</script>` : ''}`,
          );
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = problemPage('You are signed out', 'Your runs go on without you.');
        },
      },
    },
    async findAccount(_ctx, id) {
      const user = await store.identity.user(id);
      return user && { accountId: user.id, claims: async () => ({ sub: user.id, ...claimsOf(user) }) };
    },
    async extraTokenClaims(_ctx, token) {
      const accountId = 'accountId' in token ? token.accountId : undefined;
      const user = accountId ? await store.identity.user(accountId) : undefined;
      return user && { ...claimsOf(user), realm_access: { roles: user.roles } };
    },
    /** The editor is part of the product: its users are not asked whether they trust it. */
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const known = ctx.oidc.result?.consent?.grantId ?? session.grantIdFor(client.clientId);
      const kept = known ? await provider.Grant.find(known) : undefined;
      if (kept) return kept;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(scopes);
      grant.addResourceScope(apiResource, scopes);
      await grant.save();
      return grant;
    },
    renderError(ctx, out) {
      ctx.type = 'html';
      ctx.body = page(
        'Sign-in failed',
        `<div><h1>Sign-in failed</h1><p class="dim">${escapeHtml(String(out.error_description ?? out.error))}</p></div>
<a class="button primary" href="/">Back to Baton</a>`,
      );
    },
  });
  // Addresses in answers come from the configured origin (see `issuerRequest`), not from what a proxy sends.
  provider.proxy = true;
  return provider;
}

const submitLogout = "document.querySelector('button[name=logout]').click();";

/** Adds one script by its hash to the policy of this answer. */
function allowScript(response: ServerResponse, script: string): void {
  const header = 'Content-Security-Policy';
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = String(response.getHeader(header) ?? '');
  response.setHeader(header, policy.replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`));
}

function claimsOf(user: User) {
  return { preferred_username: user.username, name: user.name, email: user.email, tenant: user.tenantId };
}
