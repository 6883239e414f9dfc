import { createHash } from 'node:crypto';
import { ok, type Result } from '@baton/engine/protocol';
import type { Invitation, InvitationStore, Page, Tenant, TenantStore } from '@baton/infra/store';
import type { Grants } from '../../access/grants.ts';
import type { InvitationView } from '../../api/index.ts';
import { passwordProblem } from '../../auth/passwordRule.ts';
import type { Principal } from '../../auth/principal.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { UserService } from '../users/service.ts';

type Answered<T> = Promise<Result<T, Refusal>>;

export interface Invited {
  invitation: Invitation;
  tenant: Tenant;
}

export interface InvitationService {
  list(tenantId: string, page: { limit: number; offset: number }): Promise<Page<InvitationView>>;
  get(tenantId: string, id: string): Answered<InvitationView>;
  /** With the secret of its link, which is stored nowhere. */
  create(
    tenantId: string,
    by: Principal,
    asked: { email: string; roles: readonly string[]; hours: number },
  ): Answered<{ invitation: InvitationView; token: string }>;
  /** For a tenant made just now, in which nobody can invite yet: its first owner. */
  createForFirstOwner(
    tenantId: string,
    by: Principal,
    email: string,
  ): Promise<{ invitation: InvitationView; token: string }>;
  revoke(tenantId: string, id: string): Answered<void>;
  /** Refused when it is over. */
  look(token: string): Answered<Invited>;
  /** Once, however many come at the same moment. The place of the invitation in the quota becomes that of the user. */
  accept(invited: Invited, who: { username: string; name: string; password: string }): Answered<void>;
}

export interface InvitationServiceOptions {
  invitations: InvitationStore;
  tenants: TenantStore;
  users: UserService;
  grants: Grants;
  newId(): string;
  randomBytes(size: number): Uint8Array;
  /** epoch ms. */
  now(): number;
}

const hour = 60 * 60_000;
/** Hours the invitation of a tenant's first owner is good for. */
const firstOwnerHours = 7 * 24;

export function createInvitationService(options: InvitationServiceOptions): InvitationService {
  const { invitations, tenants, users, grants, newId, randomBytes, now } = options;
  const statusOf = ({ status, expiresAt }: Invitation) =>
    status === 'open' && expiresAt.getTime() <= now() ? 'expired' : status;

  function view(invitation: Invitation): InvitationView {
    const { id, email, roles, createdBy, acceptedBy } = invitation;
    return {
      id,
      email,
      roles,
      status: statusOf(invitation),
      expiresAt: invitation.expiresAt.toISOString(),
      createdAt: invitation.createdAt.toISOString(),
      createdBy,
      ...(acceptedBy === undefined ? {} : { acceptedBy }),
    };
  }

  const missing = () => refuse('NOT_FOUND', 'Expected an invitation, but there is none of that kind');
  const over = (status: string) =>
    refuse('INVITATION_ENDED', `Expected an invitation that is open, but it is ${status}`, { status });

  async function issue(
    tenantId: string,
    by: Principal,
    { email, roles, hours }: { email: string; roles: readonly string[]; hours: number },
  ) {
    const token = Buffer.from(randomBytes(32)).toString('base64url');
    const made = {
      id: newId(),
      tenantId,
      email,
      roles: [...roles],
      createdAt: new Date(now()),
      createdBy: by.username,
      expiresAt: new Date(now() + hours * hour),
    };
    await invitations.create(made, hashOf(token));
    return { invitation: view({ ...made, status: 'open' as const }), token };
  }

  return {
    async list(tenantId, page) {
      const { items, total } = await invitations.list(tenantId, page);
      return { items: items.map(view), total };
    },
    async get(tenantId, id) {
      const found = await invitations.get(tenantId, id);
      return found ? ok(view(found)) : missing();
    },
    async create(tenantId, by, asked) {
      const may = await grants.mayGive(tenantId, by, asked.roles);
      return may.ok ? ok(await issue(tenantId, by, asked)) : may;
    },
    createForFirstOwner: (tenantId, by, email) =>
      issue(tenantId, by, { email, roles: ['owner'], hours: firstOwnerHours }),
    async revoke(tenantId, id) {
      if (await invitations.change(tenantId, id, 'open', 'revoked')) return ok();
      const found = await invitations.get(tenantId, id);
      if (!found) return missing();
      return refuse('INVALID_STATE', `Expected an invitation that is open, but it is ${found.status}`);
    },
    async look(token) {
      const invitation = await invitations.byToken(hashOf(token));
      if (!invitation) return missing();
      const status = statusOf(invitation);
      if (status !== 'open') return over(status);
      const tenant = await tenants.get(invitation.tenantId);
      if (!tenant) return missing();
      if (tenant.status === 'suspended') {
        return refuse('TENANT_SUSPENDED', `Expected an active tenant, but '${tenant.name}' is suspended`);
      }
      return ok({ invitation, tenant });
    },
    async accept({ invitation, tenant }, who) {
      const { id, email, roles, createdBy } = invitation;
      const problem = passwordProblem(who.password, { ...who, email });
      if (problem) {
        return refuse('VALIDATION_FAILED', problem, {
          issues: [{ path: ['body', 'password'], message: problem }],
        });
      }
      // Used up first: of many at once one goes on, and nothing that fails in between leaves it good for two.
      if (!(await invitations.change(tenant.id, id, 'open', 'accepted', who.username))) {
        return over('accepted');
      }
      const admitted = await users.admit(tenant.id, createdBy, { ...who, email, roles });
      if (admitted.ok) return ok();
      await invitations.change(tenant.id, id, 'accepted', 'open');
      return admitted;
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
