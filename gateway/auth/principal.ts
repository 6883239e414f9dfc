import type { Role } from '../access/roles.ts';

/** Who asks, as the verified access token says. */
export interface Principal {
  userId: string;
  username: string;
  name: string;
  tenantId: string;
  roles: readonly Role[];
  /** epoch ms at which the token ends. */
  expiresAt: number;
}
