import type { DocumentStore, User } from '@baton/infra/store';
import type { Response } from 'express';
import type { Configuration } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import { allowScript, escapeHtml, page, problemPage } from '../page.ts';
import { serviceAccount } from '../verifyToken.ts';
import type { ServiceClient } from './developmentServices.ts';
import type { IssuerKeys } from './keys.ts';
import { audience, editorClient, gatewayClient, realmPath } from './realm.ts';
import { signInPath } from './signIn.ts';
import { sessionIdOf } from './signInEnds.ts';

/** The API as OAuth knows it (RFC 8707); every token is for it. */
const apiResource = 'urn:baton:api';
const scopes = 'openid profile email';

/** Seconds. */
const lifetimes = { accessToken: 5 * 60, session: 10 * 60 * 60, signIn: 30 * 60 };

const resourceServer = {
  scope: scopes,
  audience,
  accessTokenFormat: 'jwt' as const,
  accessTokenTTL: lifetimes.accessToken,
  jwt: { sign: { alg: 'RS256' as const } },
};

/** What every token is for, for who makes one beside the provider's own endpoints. */
export const everyToken = { scope: scopes, resource: apiResource, resourceServer };

type Session = InstanceType<Provider['Session']>;

export interface EmbeddedProviderOptions {
  /** Origin browsers use. */
  origin: string;
  /** Further origins of the editor. */
  editorOrigins: readonly string[];
  store: DocumentStore;
  adapter: Configuration['adapter'];
  keys: IssuerKeys;
  gatewaySecret: string;
  services: readonly ServiceClient[];
  /** A browser signed out: access tokens of the session are worth nothing any more. */
  signedOut(response: Response, user: User, sessionId: string): Promise<void>;
}

/** An OpenID Connect provider at the routes of a Keycloak realm `baton`, for the editor, the gateway and services. */
export function createEmbeddedProvider({
  origin,
  editorOrigins,
  store,
  adapter,
  keys,
  gatewaySecret,
  services,
  signedOut,
}: EmbeddedProviderOptions): Provider {
  const base = '/protocol/openid-connect';
  const editorPages = [origin, ...editorOrigins].flatMap((from) => [`${from}/`, `${from}/signed-in`]);
  const serviceOf = (clientId: string | undefined) => services.find(({ id }) => id === clientId);
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
      {
        client_id: gatewayClient,
        client_secret: gatewaySecret,
        grant_types: ['refresh_token'],
        response_types: [],
        redirect_uris: [],
      },
      ...services.map(({ id, secret }) => ({
        client_id: id,
        client_secret: secret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      })),
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
      ClientCredentials: lifetimes.accessToken,
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
        getResourceServerInfo: () => resourceServer,
      },
      clientCredentials: { enabled: true },
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
      if (!user?.enabled) return undefined;
      return { accountId: user.id, claims: async () => ({ sub: user.id, ...claimsOf(user) }) };
    },
    async extraTokenClaims(_ctx, token) {
      if (token.kind === 'ClientCredentials') {
        const service = serviceOf(token.clientId);
        return service && serviceClaims(service);
      }
      const user = token.accountId ? await store.identity.user(token.accountId) : undefined;
      if (!user) return undefined;
      const sid = sessionIdOf(token);
      return { ...claimsOf(user), ...groupsAndRoles(user), ...(sid ? { sid } : {}) };
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
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route !== 'end_session_confirm') return;
    const { accountId, uid, destroyed } = ctx.oidc.session as Session & { destroyed?: boolean };
    const user = destroyed && accountId ? await store.identity.user(accountId) : undefined;
    if (user) await signedOut(ctx.res as Response, user, uid);
  });
  return provider;
}

const submitLogout = "document.querySelector('button[name=logout]').click();";

/** Everybody of a tenant is in its group. */
function groupsAndRoles({ tenantId, roles }: { tenantId: string; roles: string[] }) {
  return { groups: [tenantId], realm_access: { roles } };
}

function serviceClaims(service: ServiceClient) {
  return {
    preferred_username: serviceAccount + service.id,
    tenant: service.tenantId,
    ...groupsAndRoles(service),
  };
}

function claimsOf(user: User) {
  return { preferred_username: user.username, name: user.name, email: user.email, tenant: user.tenantId };
}
