import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { Member, MemberStore } from '@baton/infra/store';
import type { Administrators } from '../../access/administrators.ts';
import type { Grants } from '../../access/grants.ts';
import { isRole } from '../../access/roles.ts';
import type { UserView } from '../../api/index.ts';
import { passwordProblem } from '../../auth/passwordRule.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Sessions } from '../../auth/sessions.ts';
import type { DirectoryUser, NewDirectoryUser, UserDirectory } from '../../auth/userDirectory.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { MemberService } from '../members/service.ts';

export interface NewUser extends Omit<NewDirectoryUser, 'tenantId' | 'roles'> {
  roles: readonly string[];
}

type Answered<T> = Promise<Result<T, Refusal>>;

export interface UserService {
  list(
    tenantId: string,
    page: { limit: number; offset: number },
  ): Answered<{ items: UserView[]; total: number }>;
  get(tenantId: string, id: string): Answered<UserView>;
  create(tenantId: string, by: Principal, user: NewUser): Answered<UserView>;
  /** A new user by an invitation or a registration, whose roles somebody answered for: nobody is asked again. */
  admit(tenantId: string, by: string, user: NewUser): Answered<UserView>;
  update(
    tenantId: string,
    by: Principal,
    id: string,
    changes: { name?: string | undefined; email?: string | undefined; enabled?: boolean | undefined },
  ): Answered<UserView>;
  setRoles(tenantId: string, by: Principal, id: string, roles: readonly string[]): Answered<UserView>;
  setPassword(tenantId: string, by: Principal, id: string, password: string): Answered<void>;
  delete(tenantId: string, by: Principal, id: string): Answered<void>;
}

export interface UserServiceOptions {
  directory: UserDirectory;
  members: MemberStore;
  membership: Pick<MemberService, 'setRoles'>;
  sessions: Sessions;
  grants: Grants;
  administrators: Administrators;
  notices: Notices;
  /** epoch ms. */
  now(): number;
}

/**
 * People of a tenant. The issuer knows who they are and their built-in roles, the membership what was decided here; a
 * change is made at the issuer first: cut in between, tokens to come are right and those of before end within minutes.
 */
export function createUserService(options: UserServiceOptions): UserService {
  const { directory, members, membership, sessions, grants, administrators, notices, now } = options;

  async function viewOf(tenantId: string, user: DirectoryUser): Promise<UserView> {
    const member = await members.get(tenantId, user.id);
    const own = member?.roles.filter((role) => !isRole(role)) ?? [];
    const { id, username, name, email, enabled } = user;
    return { id, username, name, email, roles: [...user.roles, ...own], enabled };
  }

  async function find(tenantId: string, id: string): Answered<UserView> {
    const found = await directory.user(tenantId, id);
    return found.ok ? ok(await viewOf(tenantId, found.value)) : found;
  }

  /** Somebody else of the tenant, whom `by` may change. */
  async function changeable(tenantId: string, by: Principal, id: string): Answered<UserView> {
    const found = await find(tenantId, id);
    if (!found.ok) return found;
    const may = await grants.mayChange(tenantId, by, found.value);
    return may.ok ? found : may;
  }

  const ownUndoing = (by: Principal, id: string, what: string) =>
    by.userId === id
      ? refuse('INVALID_STATE', `Expected somebody else to ${what}, but it is who asks`)
      : ok();

  async function decide(member: Member) {
    await members.put(member);
    await notices.publish({ kind: 'member', tenantId: member.tenantId, id: member.userId });
  }

  async function setEnabled(tenantId: string, id: string, enabled: boolean): Answered<void> {
    const changed = await directory.setEnabled(tenantId, id, enabled);
    if (!changed.ok || enabled) return changed;
    const ended = await directory.endSessions(tenantId, id);
    await sessions.end(tenantId, id);
    return ended;
  }

  async function remove(tenantId: string, by: Principal, { id, username, name }: UserView): Answered<void> {
    // Before, so that no crash leaves tokens of somebody nobody finds any more; after, for tokens issued meanwhile.
    await sessions.end(tenantId, id);
    const deleted = await directory.delete(tenantId, id);
    if (!deleted.ok) return deleted;
    const member = { tenantId, userId: id, username, name, roles: [], removed: true };
    await decide({ ...member, changedAt: new Date(now()), changedBy: by.username });
    await sessions.end(tenantId, id);
    return ok();
  }

  async function admit(tenantId: string, by: string, { roles, ...user }: NewUser): Answered<UserView> {
    const problem = passwordProblem(user.password, user);
    if (problem) return refuse('VALIDATION_FAILED', problem, passwordIssue(problem));
    const made = await directory.create({ ...user, tenantId, roles: roles.filter(isRole) });
    if (!made.ok) return made;
    const { id: userId, username, name } = made.value;
    const member = { tenantId, userId, username, name, roles: [...roles], removed: false };
    await decide({ ...member, changedAt: new Date(now()), changedBy: by });
    return ok(await viewOf(tenantId, made.value));
  }

  return {
    async list(tenantId, page) {
      const found = await directory.list(tenantId, page);
      if (!found.ok) return found;
      const { items, total } = found.value;
      return ok({ items: await Promise.all(items.map((user) => viewOf(tenantId, user))), total });
    },
    get: find,
    admit,
    async create(tenantId, by, user) {
      const may = await grants.mayGive(tenantId, by, user.roles);
      return may.ok ? admit(tenantId, by.username, user) : may;
    },
    async update(tenantId, by, id, { enabled, name, email }) {
      const found = await changeable(tenantId, by, id);
      if (!found.ok) return found;
      if (name !== undefined || email !== undefined) {
        const changes = {
          ...(name === undefined ? {} : { name }),
          ...(email === undefined ? {} : { email }),
        };
        const changed = await directory.update(tenantId, id, changes);
        if (!changed.ok) return changed;
      }
      if (enabled !== undefined && enabled !== found.value.enabled) {
        const other = enabled ? ok() : ownUndoing(by, id, 'disable');
        if (!other.ok) return other;
        const set = () => setEnabled(tenantId, id, enabled);
        const changed = await (enabled ? set() : administrators.letGo(tenantId, id, [], set));
        if (!changed.ok) return changed;
      }
      return find(tenantId, id);
    },
    async setRoles(tenantId, by, id, roles) {
      const changed = await membership.setRoles(by, id, roles);
      return changed.ok ? find(tenantId, id) : changed;
    },
    async setPassword(tenantId, by, id, password) {
      const found = await changeable(tenantId, by, id);
      if (!found.ok) return found;
      const problem = passwordProblem(password, found.value);
      if (problem) return refuse('VALIDATION_FAILED', problem, passwordIssue(problem));
      const changed = await directory.setPassword(tenantId, id, password);
      if (!changed.ok) return changed;
      const ended = await directory.endSessions(tenantId, id);
      await sessions.end(tenantId, id);
      return ended;
    },
    async delete(tenantId, by, id) {
      const found = await changeable(tenantId, by, id);
      if (!found.ok) return found;
      const other = ownUndoing(by, id, 'delete');
      if (!other.ok) return other;
      return administrators.letGo(tenantId, id, [], () => remove(tenantId, by, found.value));
    },
  };
}

const passwordIssue = (message: string) => ({ issues: [{ path: ['body', 'password'], message }] });
