import { ok, type Result } from '@baton/engine/protocol';
import type { McpConnections, McpFailure } from '@baton/tools-registry/contract';
import { z } from 'zod';
import { type Refusal, refuse } from '../../refusal.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { KnownServer } from './knownServer.ts';

/** Where issuers of MCP servers send browsers back to. */
export const callbackPath = '/mcp/oauth/callback';

/** ms a person has to sign in at the server's issuer. */
const signInTime = 10 * 60_000;

export interface McpAuthorization {
  /** Where the person's browser is to go. */
  begin(who: SignedIn, server: KnownServer): Promise<Result<{ url: string }, Refusal>>;
  /** Whose sign-in it is that the issuer answers; only who began it may end it. */
  serverOf(who: SignedIn, state: string): Result<string, Refusal>;
  /** Exchanges what the issuer gave for tokens. */
  complete(
    who: SignedIn,
    server: KnownServer,
    answer: { state: string; code: string; iss?: string | undefined },
  ): Promise<Result<void, Refusal>>;
}

export interface SignedIn {
  tenantId: string;
  userId: string;
}

/** What `state` says to us alone: it comes back through the browser, and fits one person, tenant and server for a while. */
const bound = z.object({
  tenantId: z.string(),
  userId: z.string(),
  serverId: z.string(),
  nonce: z.string(),
  until: z.number(),
});

const statePlace = 'mcp-authorization';

export function createMcpAuthorization({
  connections,
  secrets,
  origin,
  newId,
  now,
}: {
  connections: Pick<McpConnections, 'beginAuthorization' | 'finishAuthorization'>;
  secrets: Secrets;
  origin: string;
  newId(): string;
  now(): number;
}): McpAuthorization {
  const redirectUrl = `${origin}${callbackPath}`;
  const notBegun = () =>
    refuse(
      'INVALID_STATE',
      'Expected a sign-in that was begun here, by you and in the last ten minutes, but there is none: begin again',
    );

  return {
    async begin({ tenantId, userId }, { id: serverId, name, auth }) {
      if (auth.kind !== 'oauth')
        return refuse(
          'INVALID_STATE',
          `Expected a server one signs in at, but the authorization of '${name}' is '${auth.kind}'`,
        );
      const said = { tenantId, userId, serverId, nonce: newId(), until: now() + signInTime };
      const state = urlSafe(secrets.seal(JSON.stringify(said), statePlace));
      const begun = await connections.beginAuthorization(tenantId, serverId, { redirectUrl, state });
      return begun.ok ? begun : refusedByServer(begun.failure);
    },

    serverOf({ tenantId, userId }, state) {
      const opened = secrets.open(fromUrlSafe(state), statePlace);
      if (!opened.ok) return notBegun();
      const said = bound.parse(JSON.parse(opened.value));
      const theirs = said.tenantId === tenantId && said.userId === userId;
      return theirs && said.until > now() ? ok(said.serverId) : notBegun();
    },

    async complete({ tenantId }, { id }, { state, code, iss }) {
      const params = new URLSearchParams({ state, code, ...(iss !== undefined && { iss }) });
      const finished = await connections.finishAuthorization(tenantId, id, { redirectUrl, params });
      return finished.ok ? ok() : refusedByServer(finished.failure);
    },
  };
}

/** Base64 as addresses take it: some issuers do not give `+` and `/` back as they were. */
const urlSafe = (text: string) => Buffer.from(text).toString('base64url');
const fromUrlSafe = (text: string) => Buffer.from(text, 'base64url').toString();

const codes = {
  MCP_SERVER_NOT_FOUND: 'NOT_FOUND',
  MCP_SERVER_UNAVAILABLE: 'MCP_SERVER_UNAVAILABLE',
  MCP_NEEDS_AUTHORIZATION: 'MCP_SERVER_UNAVAILABLE',
  MCP_AUTHORIZATION_FAILED: 'INVALID_STATE',
  MCP_TOOL_CHANGED: 'INVALID_STATE',
} as const satisfies { [C in McpFailure['code']]: Refusal['code'] };

/** The connections' failure as this API words it. */
export function refusedByServer({ code, message }: McpFailure) {
  return refuse(codes[code], message, { code });
}
