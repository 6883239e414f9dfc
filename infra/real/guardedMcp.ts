import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An MCP server behind OAuth 2.1 with its own issuer: metadata, registration, PKCE, refresh. Signs everybody in at once. */
export interface GuardedMcp {
  url: string;
  /** Grants that were exchanged for tokens, in order. */
  grants: string[];
  /** Tokens of before are refused from now on; those that refresh are not. */
  expire(): void;
  close(): Promise<void>;
}

interface Flow {
  challenge: string;
  redirectUri: string;
  clientId: string;
}

/** @param target port of the server that is guarded, at `/mcp`. */
export async function guardMcp(target: number): Promise<GuardedMcp> {
  const flows = new Map<string, Flow>();
  const clients = new Set<string>();
  const grants: string[] = [];
  const access = new Set<string>();
  const refresh = new Set<string>();
  let origin = '';

  const json = (response: ServerResponse, body: unknown, status = 200, headers = {}) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));

  function tokens(response: ServerResponse, grant: string) {
    grants.push(grant);
    const [accessToken, refreshToken] = [randomUUID(), randomUUID()];
    access.add(accessToken);
    refresh.add(refreshToken);
    json(response, {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: 3_600,
    });
  }

  function exchange(form: URLSearchParams, response: ServerResponse) {
    const given = (name: string) => form.get(name) ?? '';
    if (given('grant_type') === 'refresh_token') {
      return refresh.delete(given('refresh_token'))
        ? tokens(response, 'refresh_token')
        : json(response, { error: 'invalid_grant' }, 400);
    }
    const flow = flows.get(given('code'));
    flows.delete(given('code'));
    const proven = createHash('sha256').update(given('code_verifier')).digest('base64url');
    const fits =
      flow?.challenge === proven &&
      flow.redirectUri === given('redirect_uri') &&
      flow.clientId === given('client_id');
    if (fits) tokens(response, 'authorization_code');
    else json(response, { error: 'invalid_grant' }, 400);
  }

  function forward(from: IncomingMessage, response: ServerResponse) {
    const { authorization, ...headers } = from.headers;
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
    if (!access.has(token)) {
      const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
      const header = { 'www-authenticate': `Bearer resource_metadata="${metadata}"` };
      return json(response, { error: 'invalid_token' }, 401, header);
    }
    const { method, url: path } = from;
    const onward = request({ port: target, host: '127.0.0.1', method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    from.pipe(onward);
  }

  async function bodyOf(from: IncomingMessage): Promise<string> {
    let text = '';
    for await (const chunk of from) text += chunk;
    return text;
  }

  const server: Server = createServer(async (from, response) => {
    const url = new URL(from.url ?? '/', origin);
    switch (url.pathname) {
      case '/.well-known/oauth-protected-resource/mcp':
        return json(response, { resource: `${origin}/mcp`, authorization_servers: [origin] });
      case '/.well-known/oauth-authorization-server':
        return json(response, {
          issuer: origin,
          authorization_endpoint: `${origin}/authorize`,
          token_endpoint: `${origin}/token`,
          registration_endpoint: `${origin}/register`,
          response_types_supported: ['code'],
          grant_types_supported: ['authorization_code', 'refresh_token'],
          code_challenge_methods_supported: ['S256'],
          token_endpoint_auth_methods_supported: ['none'],
          authorization_response_iss_parameter_supported: true,
        });
      case '/register': {
        const clientId = randomUUID();
        clients.add(clientId);
        return json(response, { ...JSON.parse(await bodyOf(from)), client_id: clientId }, 201);
      }
      case '/authorize': {
        const given = (name: string) => url.searchParams.get(name) ?? '';
        if (!clients.has(given('client_id'))) return json(response, { error: 'invalid_client' }, 400);
        const code = randomUUID();
        flows.set(code, {
          challenge: given('code_challenge'),
          redirectUri: given('redirect_uri'),
          clientId: given('client_id'),
        });
        const back = new URL(given('redirect_uri'));
        back.search = new URLSearchParams({ code, state: given('state'), iss: origin }).toString();
        return void response.writeHead(302, { location: back.href }).end();
      }
      case '/token':
        return exchange(new URLSearchParams(await bodyOf(from)), response);
      case '/mcp':
        return forward(from, response);
      default:
        return json(response, {}, 404);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/mcp`,
    grants,
    expire: () => access.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
