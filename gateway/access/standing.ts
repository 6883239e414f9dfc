import { ok, type Result } from '@baton/engine/protocol';
import type { Member, MemberStore, Tenant, TenantStore } from '@baton/infra/store';
import type { Principal } from '../auth/principal.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { remembered } from './remembered.ts';
import { isRole, platformTenant } from './roles.ts';

/** How somebody stands in their tenant now, whatever their token says of the moment it was issued. */
export interface Standing {
  /** Refused when the tenant is unknown or suspended, or the member was removed; otherwise with the newest roles. */
  of(principal: Principal): Promise<Result<Principal, Refusal>>;
  tenant(tenantId: string): Promise<Tenant | undefined>;
  member(tenantId: string, userId: string): Promise<Member | undefined>;
  forgetTenant(tenantId: string): void;
  forgetMember(tenantId: string, userId?: string): void;
  forgetAll(): void;
}

export interface StandingOptions {
  tenants: TenantStore;
  members: MemberStore;
  /** epoch ms. */
  now(): number;
}

/** ms by which an issuer's clock may be ahead of ours, its full seconds included: until then our decision counts. */
const clockTolerance = 2_000;
/** Times in a token are full seconds. */
const second = 1_000;

export function createStanding({ tenants, members, now }: StandingOptions): Standing {
  const knownTenants = remembered({ now, load: (tenantId) => tenants.get(tenantId) });
  const knownMembers = remembered({ now, load: (tenantId, userId) => members.get(tenantId, userId) });
  const tenant = (tenantId: string) => knownTenants.get(tenantId, '');

  async function letIn({ tenantId, issuedAt }: Principal): Promise<Result<void, Refusal>> {
    if (tenantId === platformTenant) return ok();
    const found = await tenant(tenantId);
    // A token or key of a deleted tenant is none of the tenant that has its name today.
    if (!found || issuedAt + second <= found.createdAt.getTime()) {
      return refuse('TENANT_UNKNOWN', `Expected a tenant of this installation, but '${tenantId}' is none`);
    }
    if (found.status === 'suspended') {
      return refuse(
        'TENANT_SUSPENDED',
        `Expected an active tenant, but '${found.name}' is suspended${found.statusReason ? `: ${found.statusReason}` : ''}`,
      );
    }
    return ok();
  }

  /** Keeps people who come with a token, so that those who run the tenant see them. */
  async function note({ tenantId, userId, username, name, roles }: Principal, known: Member | undefined) {
    if (known && (known.changedAt.getTime() > 0 || sameRoles(known.roles, roles))) return;
    await members.note(tenantId, { userId, username, name, roles });
    knownMembers.forget(tenantId, userId);
  }

  return {
    tenant,
    member: knownMembers.get,
    async of(principal) {
      const entered = await letIn(principal);
      if (!entered.ok) return entered;
      const { kind, tenantId, userId, username } = principal;
      if (kind === 'key') return ok(principal);
      const member = await knownMembers.get(tenantId, userId);
      if (member?.removed) {
        return refuse(
          'MEMBER_REMOVED',
          `Expected a member of the tenant, but ${username} was removed from it`,
        );
      }
      if (kind === 'user') await note(principal, member);
      if (!member) return ok(principal);
      const roles = newestRoles(principal, member);
      return ok(sameRoles(roles, principal.roles) ? principal : { ...principal, roles });
    },
    forgetTenant: (tenantId) => knownTenants.forget(tenantId),
    forgetMember: (tenantId, userId) => knownMembers.forget(tenantId, userId),
    forgetAll() {
      knownTenants.forgetAll();
      knownMembers.forgetAll();
    },
  };
}

/** Whether what was decided here counts more than what the token says. */
export function isDecidedSince(member: Member, issuedAt: number): boolean {
  return member.changedAt.getTime() + clockTolerance > issuedAt;
}

/** Built-in roles of the token or of the membership, whichever is newer; the tenant's own of the membership. */
function newestRoles(principal: Principal, member: Member): readonly string[] {
  const own = member.roles.filter((role) => !isRole(role));
  if (!isDecidedSince(member, principal.issuedAt)) return [...principal.roles, ...own];
  // Who runs the installation is said where sign-in happens, and nowhere else.
  const decided = member.roles.filter((role) => isRole(role) && role !== 'platform');
  return [...principal.roles.filter((role) => role === 'platform'), ...decided, ...own];
}

function sameRoles(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role));
}
