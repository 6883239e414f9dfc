import type { IncomingHttpHeaders } from 'node:http';
import express, { type Router } from 'express';

/** RFC 9728: where tokens for `/mcp` come from, so that a client finds the issuer by itself. */
export interface ProtectedResource {
  router: Router;
  /** `WWW-Authenticate` of every 401 of `/mcp`. */
  challenge(headers: IncomingHttpHeaders): string;
}

const wellKnown = '/.well-known/oauth-protected-resource';

/** @param originOf the origin the request was sent to, where it is one of ours */
export function protectedResource(
  issuer: string,
  originOf: (headers: IncomingHttpHeaders) => string,
): ProtectedResource {
  const router = express.Router();
  router.get([wellKnown, `${wellKnown}/mcp`], (request, response) => {
    response.set({ 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' }).json({
      resource: `${originOf(request.headers)}/mcp`,
      resource_name: 'Baton',
      authorization_servers: [issuer],
      bearer_methods_supported: ['header'],
      scopes_supported: ['openid', 'offline_access'],
    });
  });
  return {
    router,
    challenge: (headers) => `Bearer resource_metadata="${originOf(headers)}${wellKnown}/mcp"`,
  };
}

/** The address as it was asked for, if it is this server's or that of a tenant below its domain. */
export function originAskedFor(
  origin: string,
  domains: readonly string[],
): (headers: IncomingHttpHeaders) => string {
  const { protocol, hostname: own } = new URL(origin);
  return ({ host }) => {
    const address = `${protocol}//${host}`;
    if (host === undefined || !URL.canParse(address)) return origin;
    const { hostname, origin: asked } = new URL(address);
    return hostname === own || isBelow(hostname, domains) ? asked : origin;
  };
}

const isBelow = (hostname: string, domains: readonly string[]) =>
  domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));

/** Whether an address is that of this MCP server, by whichever of its names. */
export function isOwnMcp(url: string, origin: string, domains: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, port, pathname } = new URL(url);
  const own = new URL(origin);
  if (!/^\/mcp\/?$/.test(pathname) || port !== own.port) return false;
  const loopback = (name: string) => /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(name);
  return (
    hostname === own.hostname || isBelow(hostname, domains) || (loopback(hostname) && loopback(own.hostname))
  );
}
