import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { Member, MemberStore, Page, PageRequest, TenantStore } from '@baton/infra/store';
import type { Grants } from '../../access/grants.ts';
import { isRole } from '../../access/roles.ts';
import type { Principal } from '../../auth/principal.ts';
import type { UserDirectory } from '../../auth/userDirectory.ts';
import { type Refusal, refuse } from '../../refusal.ts';

export interface MemberServiceOptions {
  members: MemberStore;
  tenants: TenantStore;
  /** Of an issuer whose users can be changed from here. */
  directory: UserDirectory | undefined;
  grants: Grants;
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
  const { members, tenants, directory, grants, notices, now } = options;
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

  /** An owner is only let go while another one stays: one step in one document, whoever else asks at the same moment. */
  async function letOwnerGo({ tenantId, userId, roles }: Member): Promise<Result<void, Refusal>> {
    if (!roles.includes('owner') || (await tenants.removeOwner(tenantId, userId))) return ok();
    return refuse('INVALID_STATE', 'Expected another owner to stay, but this is the last one');
  }

  /** Whoever takes it from others still has it; who takes it from themselves leaves it to somebody. */
  async function staysAdministered(
    { tenantId, userId }: Principal,
    before: Member,
    roles: readonly string[],
  ): Promise<Result<void, Refusal>> {
    const administers = (held: readonly string[]) => held.includes('admin') || held.includes('owner');
    if (before.userId !== userId || !administers(before.roles) || administers(roles)) return ok();
    for (const role of ['owner', 'admin']) {
      const { items } = await members.list(tenantId, { role }, { limit: 2, offset: 0 });
      if (items.some((member) => member.userId !== userId)) return ok();
    }
    return refuse('INVALID_STATE', 'Expected another owner or admin to stay, but this is the last one');
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
    const owns = roles.includes('owner');
    const administered = await staysAdministered(actor, before, roles);
    if (!administered.ok) return administered;
    const letGo = owns ? ok() : await letOwnerGo(before);
    if (!letGo.ok) return letGo;

    // The issuer first: a token issued from now on says the new roles, one of before is older than our decision.
    const told = await directory?.setRoles(tenantId, userId, roles.filter(isRole));
    if (told && !told.ok && told.failure.code !== 'NOT_FOUND') {
      if (before.roles.includes('owner')) await tenants.addOwner(tenantId, userId);
      return refuse(told.failure.code, told.failure.message);
    }
    const decided: Member = {
      ...before,
      roles: [...new Set(roles)],
      changedAt: new Date(now()),
      changedBy: actor.username,
    };
    if (!(await members.change(decided))) return missing(userId);
    if (owns) await tenants.addOwner(tenantId, userId);
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
      const letGo = await letOwnerGo(found.value);
      if (!letGo.ok) return letGo;
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
    },
  };
}

const undecided = (member: Omit<Member, 'removed' | 'changedAt' | 'changedBy'>): Member => ({
  ...member,
  removed: false,
  changedAt: new Date(0),
  changedBy: '',
});
