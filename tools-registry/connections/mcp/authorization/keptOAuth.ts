import type {
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client';
import type { McpCredentialStore } from '../ports.ts';

/** What an OAuth client keeps between its requests. */
export interface KeptOAuth {
  /** Registered with the authorization server, or an admin's own with the issuer it turned out to be of. */
  client?: StoredOAuthClientInformation;
  tokens?: StoredOAuthTokens;
  discovery?: OAuthDiscoveryState;
  /** Of the flow under way. */
  verifier?: string;
  redirectUrl?: string;
}

/** One client's part of the credentials of a server. */
export interface OAuthShelf {
  read(): Promise<KeptOAuth>;
  change(fields: Partial<KeptOAuth>): Promise<void>;
}

export function shelfOf(
  credentials: McpCredentialStore,
  tenantId: string,
  serverId: string,
  user: string | undefined,
): OAuthShelf {
  const read = async (): Promise<KeptOAuth> =>
    JSON.parse((await credentials.get(tenantId, serverId, user))?.oauth ?? '{}') as KeptOAuth;
  return {
    read,
    async change(fields) {
      const oauth = JSON.stringify({ ...(await read()), ...fields });
      await credentials.change(tenantId, serverId, user, { oauth });
    },
  };
}
