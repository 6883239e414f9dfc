import { auth, extractWWWAuthenticateParams } from '@modelcontextprotocol/client';
import type { McpResult, McpServer } from '../../../contract/index.ts';
import type { McpWorld } from '../ports.ts';
import { boundedFetch } from '../wire/boundedFetch.ts';
import { shelfOf } from './keptOAuth.ts';
import { type OAuthClientOptions, oauthClient } from './oauthClient.ts';

/** Errors of RFC 6749 4.1.2.1: the only words of a callback that are shown. */
const refusals = new Set([
  'access_denied',
  'invalid_request',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_response_type',
]);

/** A person signs in at the server's authorization server, once for all who use the server here. */
export function authorizationFlow(world: McpWorld) {
  async function clientOf(
    tenantId: string,
    server: McpServer,
    flow: NonNullable<OAuthClientOptions['flow']>,
  ) {
    const { transport, auth: settings, id } = server;
    if (transport.kind === 'stdio' || settings.kind !== 'oauth') return undefined;
    const clientSecret = (await world.credentials.get(tenantId, id, undefined))?.clientSecret;
    const shelf = shelfOf(world.credentials, tenantId, id, undefined);
    const provider = oauthClient({ auth: settings, clientSecret, shelf, product: world.product, flow });
    return { provider, shelf, url: transport.url, fetchFn: boundedFetch(world.fetch, server.name), settings };
  }

  const noOAuth = ({ name }: McpServer) =>
    failed(`Expected a server whose authorization is OAuth, but '${name}' has another`);

  return {
    async begin(
      tenantId: string,
      server: McpServer,
      request: { redirectUrl: string; state: string },
    ): Promise<McpResult<{ url: string }>> {
      let sentTo: URL | undefined;
      const client = await clientOf(tenantId, server, {
        ...request,
        sentTo: (url) => {
          sentTo = url;
        },
      });
      if (!client) return noOAuth(server);
      const { provider, shelf, url, fetchFn, settings } = client;
      // What was found at an earlier attempt may be why it is made again.
      await shelf.change({ discovery: undefined, verifier: undefined });
      try {
        const hint = await refusalOf(fetchFn, url);
        const scope = settings.scopes.length > 0 ? settings.scopes.join(' ') : hint.scope;
        await auth(provider, {
          serverUrl: url,
          fetchFn,
          forceReauthorization: true,
          ...(hint.resourceMetadataUrl && { resourceMetadataUrl: hint.resourceMetadataUrl }),
          ...(scope !== undefined && { scope }),
        });
      } catch (error) {
        return failed(`Expected '${server.name}' to say where one signs in, but: ${said(error)}`);
      }
      if (!sentTo) return failed(`Expected '${server.name}' to send a person to sign in, but it did not`);
      return { ok: true, value: { url: sentTo.href } };
    },

    async finish(
      tenantId: string,
      server: McpServer,
      { redirectUrl, params }: { redirectUrl: string; params: URLSearchParams },
    ): Promise<McpResult<void>> {
      const client = await clientOf(tenantId, server, { redirectUrl });
      if (!client) return noOAuth(server);
      const { provider, shelf, url, fetchFn } = client;
      if ((await shelf.read()).verifier === undefined) {
        return failed(`Expected an authorization of '${server.name}' that was begun here, but there is none`);
      }
      const code = params.get('code');
      if (code === null) {
        const refusal = params.get('error') ?? '';
        const why = refusals.has(refusal) ? `: ${refusal}` : '';
        return failed(
          `Expected to be let in to '${server.name}', but its authorization server refused${why}`,
        );
      }
      const issuer = params.get('iss');
      try {
        await auth(provider, {
          serverUrl: url,
          fetchFn,
          authorizationCode: code,
          ...(issuer !== null && { iss: issuer }),
        });
      } catch (error) {
        return failed(`Expected a token for '${server.name}', but: ${said(error)}`);
      } finally {
        await shelf.change({ verifier: undefined });
      }
      return { ok: true, value: undefined };
    },
  };
}

/** Where a server says its metadata are when it refuses (RFC 9728 5.1); nothing when it does not say. */
async function refusalOf(fetchFn: typeof fetch, url: string) {
  const answer = await fetchFn(url, { headers: { accept: 'text/event-stream' } });
  await answer.body?.cancel();
  return answer.status === 401 ? extractWWWAuthenticateParams(answer) : {};
}

function failed(message: string): McpResult<never> {
  return { ok: false, failure: { code: 'MCP_AUTHORIZATION_FAILED', message } };
}

function said(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 400);
}
