import {
  type AuthProvider,
  auth,
  extractWWWAuthenticateParams,
  type OAuthClientMetadata,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import type { McpAuth } from '../../../contract/index.ts';
import type { McpWorld } from '../ports.ts';
import type { OAuthShelf } from './keptOAuth.ts';

/** Where a flow without a person would return to: none is begun. */
const NOWHERE = 'http://localhost/';

export interface OAuthClientOptions {
  auth: McpAuth & { kind: 'oauth' };
  clientSecret: string | undefined;
  shelf: OAuthShelf;
  product: McpWorld['product'];
  /** Of a flow with a person, who is sent away and comes back. */
  flow?: { redirectUrl: string; state?: string; sentTo?: (url: URL) => void };
}

/** The SDK's OAuth client over what is kept of it. */
export function oauthClient(options: OAuthClientOptions): OAuthClientProvider {
  const { auth: settings, clientSecret, shelf, product, flow } = options;
  const redirectUrl = flow?.redirectUrl ?? NOWHERE;
  const metadata: OAuthClientMetadata = {
    client_name: product.name,
    ...(product.url !== undefined && { client_uri: product.url }),
    redirect_uris: [redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: clientSecret === undefined ? 'none' : 'client_secret_basic',
    ...(settings.scopes.length > 0 && { scope: settings.scopes.join(' ') }),
  };
  return {
    redirectUrl,
    clientMetadata: metadata,
    ...(flow?.state !== undefined && { state: () => flow.state as string }),
    async clientInformation() {
      const { client, redirectUrl: registeredFor } = await shelf.read();
      const { clientId } = settings;
      if (clientId === undefined) {
        // Registered for another address of ours, the client would be refused.
        return flow && registeredFor !== flow.redirectUrl ? undefined : client;
      }
      return {
        client_id: clientId,
        ...(clientSecret !== undefined && { client_secret: clientSecret }),
        ...(client?.client_id === clientId && client.issuer !== undefined && { issuer: client.issuer }),
      };
    },
    saveClientInformation: (client: StoredOAuthClientInformation) => {
      const { client_secret: _secret, ...known } = client;
      return shelf.change({ client: settings.clientId === undefined ? client : known, redirectUrl });
    },
    tokens: async () => (await shelf.read()).tokens,
    saveTokens: (tokens: StoredOAuthTokens) => shelf.change({ tokens }),
    redirectToAuthorization: (url: URL) => flow?.sentTo?.(url),
    saveCodeVerifier: (verifier: string) => (flow ? shelf.change({ verifier }) : undefined),
    async codeVerifier() {
      const { verifier } = await shelf.read();
      if (verifier === undefined) throw new UnauthorizedError('no authorization is under way');
      return verifier;
    },
    discoveryState: async () => (await shelf.read()).discovery,
    saveDiscoveryState: (discovery: OAuthDiscoveryState) => shelf.change({ discovery }),
    async invalidateCredentials(what) {
      await shelf.change({
        ...((what === 'all' || what === 'client') && { client: undefined }),
        ...((what === 'all' || what === 'tokens') && { tokens: undefined }),
        ...((what === 'all' || what === 'verifier') && { verifier: undefined }),
        ...((what === 'all' || what === 'discovery') && { discovery: undefined }),
      });
    },
  };
}

/**
 * What a connection shows: the token that is kept, refreshed once for all who are refused with it. It never begins a flow:
 * nobody is there to be sent anywhere.
 */
export function oauthTokens(
  options: Omit<OAuthClientOptions, 'flow'>,
  learn: (secret: string) => void,
): AuthProvider {
  const { shelf } = options;
  let tokens: StoredOAuthTokens | undefined;
  let refreshing: Promise<void> | undefined;
  const current = async () => {
    if (tokens) return tokens;
    tokens = (await shelf.read()).tokens;
    if (tokens) for (const secret of [tokens.access_token, tokens.refresh_token]) if (secret) learn(secret);
    return tokens;
  };
  const refresh: NonNullable<AuthProvider['onUnauthorized']> = async ({ response, serverUrl, fetchFn }) => {
    const refusedWith = tokens?.access_token;
    tokens = undefined;
    const now = await current();
    // Another connection or process has refreshed it meanwhile.
    if (now && now.access_token !== refusedWith) return;
    if (!now?.refresh_token) throw new UnauthorizedError();
    const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
    tokens = undefined;
    const ended = await auth(oauthClient(options), {
      serverUrl,
      fetchFn,
      ...(resourceMetadataUrl && { resourceMetadataUrl }),
      ...(scope !== undefined && { scope }),
    });
    if (ended !== 'AUTHORIZED') throw new UnauthorizedError();
  };
  return {
    token: async () => (await current())?.access_token,
    onUnauthorized(context) {
      refreshing ??= refresh(context).finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
  };
}
