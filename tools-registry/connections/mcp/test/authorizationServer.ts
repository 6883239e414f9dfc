import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An MCP server behind OAuth 2.1, and its authorization server: PKCE, registration, refresh tokens that are used once. */
export async function startAuthorizationServer() {
  const codes = new Map<string, { challenge: string; clientId: string; redirect: string }>();
  const refreshTokens = new Set<string>();
  const accessTokens = new Set<string>();
  const seen = { registrations: 0, refreshes: 0, clients: [] as string[], scopes: [] as (string | null)[] };
  let origin = '';

  const issue = (scope: string) => {
    const [access, refresh] = [`access-${randomUUID()}`, `refresh-${randomUUID()}`];
    accessTokens.add(access);
    refreshTokens.add(refresh);
    return { access_token: access, refresh_token: refresh, token_type: 'Bearer', expires_in: 60, scope };
  };

  const http = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const json = (status: number, body: unknown, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    switch (url.pathname) {
      case '/.well-known/oauth-protected-resource/mcp':
        return json(200, {
          resource: `${origin}/mcp`,
          authorization_servers: [origin],
          scopes_supported: ['read'],
        });
      case '/.well-known/oauth-authorization-server':
        return json(200, {
          issuer: origin,
          authorization_endpoint: `${origin}/authorize`,
          token_endpoint: `${origin}/token`,
          registration_endpoint: `${origin}/register`,
          response_types_supported: ['code'],
          grant_types_supported: ['authorization_code', 'refresh_token'],
          code_challenge_methods_supported: ['S256'],
          token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
        });
      case '/register': {
        seen.registrations++;
        return json(201, { ...JSON.parse(await text(request)), client_id: `client-${seen.registrations}` });
      }
      case '/token': {
        const form = new URLSearchParams(await text(request));
        const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
        const client = basic ? Buffer.from(basic, 'base64').toString() : (form.get('client_id') ?? '');
        seen.clients.push(client);
        if (form.get('grant_type') === 'refresh_token') {
          if (!refreshTokens.delete(form.get('refresh_token') ?? ''))
            return json(400, { error: 'invalid_grant' });
          seen.refreshes++;
          return json(200, issue('read'));
        }
        const code = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const challenge = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        if (code?.challenge !== challenge || code.redirect !== form.get('redirect_uri')) {
          return json(400, { error: 'invalid_grant' });
        }
        return json(200, issue('read'));
      }
      default: {
        const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
        if (!accessTokens.has(token)) {
          const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
          return json(
            401,
            { error: 'invalid_token' },
            { 'www-authenticate': `Bearer resource_metadata="${metadata}"` },
          );
        }
        if (request.method !== 'POST') return response.writeHead(405).end();
        const message = JSON.parse(await text(request)) as { id?: number; method: string };
        if (message.id === undefined) return response.writeHead(202).end();
        const results: { [method: string]: unknown } = {
          initialize: {
            protocolVersion: '2025-11-25',
            capabilities: { tools: {} },
            serverInfo: { name: 'shop', version: '1.0.0' },
          },
          'tools/list': { tools: [{ name: 'orders', inputSchema: { type: 'object' } }] },
          'tools/call': { content: [{ type: 'text', text: `orders for ${token}` }] },
        };
        const { [message.method]: result } = results;
        const answer = result ? { result } : { error: { code: -32601, message: 'unknown' } };
        return json(200, { jsonrpc: '2.0', id: message.id, ...answer });
      }
    }
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  return {
    url: `${origin}/mcp`,
    origin,
    seen,
    /** A person signs in where they were sent, and is sent back. */
    signIn(address: string): URLSearchParams {
      const { searchParams } = new URL(address);
      const code = randomUUID();
      seen.scopes.push(searchParams.get('scope'));
      codes.set(code, {
        challenge: searchParams.get('code_challenge') ?? '',
        clientId: searchParams.get('client_id') ?? '',
        redirect: searchParams.get('redirect_uri') ?? '',
      });
      return new URLSearchParams({ code, state: searchParams.get('state') ?? '' });
    },
    /** Access tokens are of no use any more. */
    expire: () => accessTokens.clear(),
    revoke() {
      accessTokens.clear();
      refreshTokens.clear();
    },
    stop: () => http.close().closeAllConnections(),
  };
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
