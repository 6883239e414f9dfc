import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { Member, MemberStore, Page, PageRequest } from '@baton/infra/store';
import type { Administrators } from '../../access/administrators.ts';
import type { Grants } from '../../access/grants.ts';
import { isRole } from '../../access/roles.ts';
import type { Principal } from '../../auth/principal.ts';
import type { UserDirectory } from '../../auth/userDirectory.ts';
import { type Refusal, refuse } from '../../refusal.ts';

export interface MemberServiceOptions {
  members: MemberStore;
  /** Of an issuer whose users can be changed from here. */
  directory: UserDirectory | undefined;
  grants: Grants;
  administrators: Administrators;
  notices: Notices;
  /** epoch ms. */
  now(): number;
}

/** Who belongs to a tenant and what they are there. A change is in force on the next request on every gateway. */
export interface MemberService {
  list(
    tenantId: string,
    filter: { role?: string; username?: string },
    page: PageRequest,
  ): Promise<Page<Member>>;
  get(tenantId: string, userId: string): Promise<Result<Member, Refusal>>;
  setRoles(actor: Principal, userId: string, roles: readonly string[]): Promise<Result<Member, Refusal>>;
  remove(actor: Principal, userId: string): Promise<Result<void, Refusal>>;
}

export function createMemberService(options: MemberServiceOptions): MemberService {
  const { members, directory, grants, administrators, notices, now } = options;
  const missing = (userId: string) =>
    refuse('NOT_FOUND', `Expected a member '${userId.slice(0, 100)}', but there is none`);

  /** As the tenant knows them; roles as the issuer says today where it can be asked and nothing was decided here. */
  async function find(tenantId: string, userId: string): Promise<Result<Member, Refusal>> {
    const member = await members.get(tenantId, userId);
    if (member?.removed) return missing(userId);
    if (member && member.changedAt.getTime() > 0) return ok(member);
    const user = await directory?.user(tenantId, userId);
    if (user?.ok) {
      const { username, name, roles } = user.value;
      const own = member?.roles.filter((role) => !isRole(role)) ?? [];
      return ok(undecided({ tenantId, userId, username, name, roles: [...roles, ...own] }));
    }
    if (user && user.failure.code !== 'NOT_FOUND') return refuse(user.failure.code, user.failure.message);
    return member ? ok(member) : missing(userId);
  }

  async function setRoles(
    actor: Principal,
    userId: string,
    roles: readonly string[],
  ): Promise<Result<Member, Refusal>> {
    const { tenantId } = actor;
    const found = await find(tenantId, userId);
    if (!found.ok) return found;
    const before = found.value;
    const may = await grants.mayChange(tenantId, actor, before);
    if (!may.ok) return may;
    const given = await grants.mayGive(tenantId, actor, roles);
    if (!given.ok) return given;
    return administrators.letGo(tenantId, userId, roles, () => decide(actor, before, roles));
  }

  async function decide(
    actor: Principal,
    before: Member,
    roles: readonly string[],
  ): Promise<Result<Member, Refusal>> {
    const { tenantId, userId } = before;
    // The issuer first: a token issued from now on says the new roles, one of before is older than our decision.
    const told = await directory?.setRoles(tenantId, userId, roles.filter(isRole));
    if (told && !told.ok && told.failure.code !== 'NOT_FOUND') {
      return refuse(told.failure.code, told.failure.message);
    }
    const decided: Member = {
      ...before,
      roles: [...new Set(roles)],
      changedAt: new Date(now()),
      changedBy: actor.username,
    };
    if (!(await members.change(decided))) return missing(userId);
    await notices.publish({ kind: 'member', tenantId, id: userId });
    return ok(decided);
  }

  return {
    list: members.list,
    get: find,
    setRoles,
    async remove(actor, userId) {
      const { tenantId } = actor;
      const found = await find(tenantId, userId);
      if (!found.ok) return found;
      const may = await grants.mayChange(tenantId, actor, found.value);
      if (!may.ok) return may;
      return administrators.letGo(tenantId, userId, [], async () => {
        // Here first: from now on no token of theirs is good, whatever the issuer says.
        await members.put({
          ...found.value,
          roles: [],
          removed: true,
          changedAt: new Date(now()),
          changedBy: actor.username,
        });
        await notices.publish({ kind: 'member', tenantId, id: userId });
        const deleted = await directory?.delete(tenantId, userId);
        if (deleted && !deleted.ok && deleted.failure.code !== 'NOT_FOUND') {
          return refuse(deleted.failure.code, deleted.failure.message);
        }
        return ok();
      });
    },
  };
}

const undecided = (member: Omit<Member, 'removed' | 'changedAt' | 'changedBy'>): Member => ({
  ...member,
  removed: false,
  changedAt: new Date(0),
  changedBy: '',
});
