import type { Permission } from '../api/index.ts';

/** Who asks: a user or service by a verified access token, or a program by an API key. */
export interface Principal {
  kind: 'user' | 'service' | 'key';
  /** `sub` of the token; the key's id. */
  userId: string;
  username: string;
  name: string;
  /** As the token says; keys and services have none. */
  email?: string;
  tenantId: string;
  /** Names of roles, built in or the tenant's own. */
  roles: readonly string[];
  /** What a key may do at most; users and services are bounded by their roles. */
  scopes?: readonly Permission[];
  /** Tools a key may call at most, as patterns; without them all that its scopes let it. */
  tools?: readonly string[];
  /** `sid` of the token: the sign-in it comes from. */
  sessionId?: string;
  /** epoch ms at which the token was issued or the key made. */
  issuedAt: number;
  /** epoch ms at which it ends. */
  expiresAt: number;
}

/** Of whoever asks, among all of the tenant: people, services and keys may have the same id. */
export function callerId({ kind, userId }: Pick<Principal, 'kind' | 'userId'>): string {
  return `${kind}:${userId}`;
}
