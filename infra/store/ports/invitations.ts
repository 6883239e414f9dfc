import type { Page, PageRequest } from './page.ts';

export type InvitationStatus = 'open' | 'accepted' | 'revoked';

/** Somebody may become a user of the tenant, once. */
export interface Invitation {
  id: string;
  tenantId: string;
  /** Whom it is meant for. */
  email: string;
  roles: string[];
  /** `open` also when its time is over. */
  status: InvitationStatus;
  expiresAt: Date;
  createdAt: Date;
  createdBy: string;
  /** Who they are now. */
  acceptedBy?: string;
}

export interface InvitationStore {
  /** @param tokenHash sha-256 of the link's secret, hex; the secret is stored nowhere. */
  create(invitation: Omit<Invitation, 'status' | 'acceptedBy'>, tokenHash: string): Promise<void>;
  /** Newest first. */
  list(tenantId: string, page: PageRequest): Promise<Page<Invitation>>;
  /** How many can still be accepted at that time. */
  countOpen(tenantId: string, at: Date): Promise<number>;
  get(tenantId: string, id: string): Promise<Invitation | undefined>;
  /** The one call without a tenant: who brings the secret does not know it yet. */
  byToken(tokenHash: string): Promise<Invitation | undefined>;
  /** One atomic step from one status to the other: false when it was not in `from` any more. */
  change(
    tenantId: string,
    id: string,
    from: InvitationStatus,
    to: InvitationStatus,
    acceptedBy?: string,
  ): Promise<boolean>;
}
