import { ok, type Result } from '@baton/engine/protocol';
import type { Member } from '@baton/infra/store';
import type { Access } from '../../access/access.ts';
import { isDecidedSince, type Standing } from '../../access/standing.ts';
import type { AccessReason, Explanation, Permission } from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { MemberService } from '../members/service.ts';

/** Why somebody may or may not: the rules a request meets, in their order, each with what it says. */
export interface AccessService {
  /** Of oneself, with the roles of one's own sign-in. */
  whyMe(principal: Principal, permission: Permission): Promise<Explanation>;
  /** @param user id or user name of a member, present or removed. */
  why(tenantId: string, user: string, permission: Permission): Promise<Result<Explanation, Refusal>>;
}

export interface AccessServiceOptions {
  access: Access;
  standing: Standing;
  members: MemberService;
  /** A member by id, whether removed or not. */
  memberOf(tenantId: string, userId: string): Promise<Member | undefined>;
}

export function createAccessService({
  access,
  standing,
  members,
  memberOf,
}: AccessServiceOptions): AccessService {
  async function ofTenant(tenantId: string): Promise<AccessReason> {
    const tenant = await standing.tenant(tenantId);
    if (tenant?.status === 'suspended') {
      return { rule: 'tenant', says: 'denies', because: `The tenant ${tenant.name} is suspended` };
    }
    return { rule: 'tenant', says: 'silent', because: `The tenant ${tenant?.name ?? tenantId} is active` };
  }

  async function ofRoles(
    tenantId: string,
    roles: readonly string[],
    permission: Permission,
  ): Promise<AccessReason[]> {
    if (roles.length === 0) return [{ rule: 'role', says: 'silent', because: 'There is no role' }];
    const decisions = await access.decisionsOf(tenantId, roles, permission);
    return decisions.map(({ role, kind, line }): AccessReason => {
      const called = kind === 'builtIn' ? `The built-in role ${role}` : `The tenant’s own role ${role}`;
      if (kind === 'unknown')
        return { rule: 'role', says: 'silent', because: `There is no role ${role} here` };
      if (!line) return { rule: 'role', says: 'silent', because: `${called} does not permit ${permission}` };
      return { rule: 'role', says: 'allows', because: `${called} permits ${permission}`, policy: [...line] };
    });
  }

  function conclude(
    subject: Explanation['subject'],
    permission: Permission,
    reasons: AccessReason[],
  ): Explanation {
    const allowed =
      reasons.some(({ says }) => says === 'allows') && !reasons.some(({ says }) => says === 'denies');
    return { allowed, permission, subject, reasons };
  }

  return {
    async whyMe(principal, permission) {
      const { tenantId, userId, kind, username, roles, scopes, issuedAt } = principal;
      const subject = { kind, id: userId, name: username };
      const reasons = [await ofTenant(tenantId)];
      if (scopes) {
        reasons.push(
          scopes.includes(permission)
            ? { rule: 'scope', says: 'allows', because: `The key has the scope ${permission}` }
            : { rule: 'scope', says: 'denies', because: `The key does not have the scope ${permission}` },
        );
        return conclude(subject, permission, reasons);
      }
      const member = await memberOf(tenantId, userId);
      reasons.push(
        member && isDecidedSince(member, issuedAt)
          ? decidedHere(member)
          : { rule: 'member', says: 'silent', because: 'The built-in roles are those of the sign-in' },
      );
      return conclude(subject, permission, [...reasons, ...(await ofRoles(tenantId, roles, permission))]);
    },

    async why(tenantId, user, permission) {
      const byName = await members.list(tenantId, { username: user }, { limit: 1, offset: 0 });
      const known = (await memberOf(tenantId, user)) ?? byName.items[0];
      if (known?.removed) {
        const removed: AccessReason = {
          rule: 'member',
          says: 'denies',
          because: `${known.changedBy} removed them at ${known.changedAt.toISOString()}`,
        };
        const subject = { kind: 'user', id: known.userId, name: known.username };
        return ok(conclude(subject, permission, [await ofTenant(tenantId), removed]));
      }
      const found = await members.get(tenantId, known?.userId ?? user);
      if (!found.ok) {
        return refuse('NOT_FOUND', `Expected a member '${user.slice(0, 100)}', but there is none`);
      }
      const { userId, username, roles } = found.value;
      return ok(
        conclude({ kind: 'user', id: userId, name: username }, permission, [
          await ofTenant(tenantId),
          found.value.changedAt.getTime() > 0
            ? decidedHere(found.value)
            : { rule: 'member', says: 'silent', because: 'The built-in roles are those of the last sign-in' },
          ...(await ofRoles(tenantId, roles, permission)),
        ]),
      );
    },
  };
}

const decidedHere = ({ changedBy, changedAt }: Member): AccessReason => ({
  rule: 'member',
  says: 'silent',
  because: `${changedBy} set the roles at ${changedAt.toISOString()}`,
});
