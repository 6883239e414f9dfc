import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { CustomRole, MemberStore, RoleStore } from '@baton/infra/store';
import type { Administrators } from '../../access/administrators.ts';
import type { Grants } from '../../access/grants.ts';
import { isRole } from '../../access/roles.ts';
import type { Permission } from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import { type Refusal, refuse } from '../../refusal.ts';

/** Own roles a tenant may have: what is loaded for it stays small. */
const roleLimit = 200;

export interface RoleServiceOptions {
  roles: RoleStore;
  members: MemberStore;
  grants: Grants;
  administrators: Administrators;
  notices: Notices;
  /** epoch ms. */
  now(): number;
}

export interface RoleContent {
  description: string;
  permissions: readonly Permission[];
  /** Patterns of the tools it may call; all without them. */
  tools?: readonly string[];
}

/** The tenant's own roles: its access policy. */
export interface RoleService {
  list(tenantId: string): Promise<CustomRole[]>;
  get(tenantId: string, name: string): Promise<CustomRole | undefined>;
  create(actor: Principal, name: string, content: RoleContent): Promise<Result<CustomRole, Refusal>>;
  /** @param expectedHash hash of the role that was edited; `*` = whatever there is. */
  update(
    actor: Principal,
    name: string,
    expectedHash: string,
    content: RoleContent,
  ): Promise<Result<CustomRole, Refusal>>;
  delete(actor: Principal, name: string): Promise<Result<void, Refusal>>;
}

export function createRoleService(options: RoleServiceOptions): RoleService {
  const { roles, members, grants, administrators, notices, now } = options;
  const missing = (name: string) => refuse('NOT_FOUND', `Expected a role '${name}', but there is none`);
  const changed = (tenantId: string) => notices.publish({ kind: 'roles', tenantId });
  const saved = (actor: Principal, name: string, { description, permissions, tools }: RoleContent) => ({
    name,
    description,
    permissions,
    ...(tools && { tools }),
    at: new Date(now()),
    by: actor.username,
  });

  /** One of the tenant's own, none of whose permissions are above the actor's. */
  async function own({ tenantId, ...actor }: Principal, name: string): Promise<Result<CustomRole, Refusal>> {
    if (isRole(name)) {
      return refuse('INVALID_STATE', `Expected one of the tenant's own roles, but ${name} is built in`);
    }
    const found = await roles.get(tenantId, name);
    if (!found) return missing(name);
    const may = await grants.mayWrite(tenantId, { tenantId, ...actor }, found);
    return may.ok ? ok(found) : may;
  }

  /** Compare-and-set over the role with the hash `expected`. */
  async function write(
    actor: Principal,
    name: string,
    expected: string,
    content: RoleContent,
  ): Promise<Result<CustomRole, Refusal>> {
    const updated = await roles.update(actor.tenantId, expected, saved(actor, name, content));
    if (updated.ok) {
      await changed(actor.tenantId);
      return ok(updated.value);
    }
    if (updated.failure.code === 'NOT_FOUND') return missing(name);
    const { changedBy, permissions, tools, description, hash } = updated.failure.latest;
    return refuse(
      'VERSION_CONFLICT',
      `Expected to save over the role that was edited, but ${changedBy} has changed it since`,
      {
        yours: { base: expected, ...content },
        theirs: { hash, permissions, ...(tools && { tools }), description },
      },
    );
  }

  return {
    list: roles.list,
    get: roles.get,
    async create(actor, name, content) {
      if (isRole(name)) {
        return refuse('ALREADY_EXISTS', `Expected a new name for the role, but ${name} is built in`, {
          name,
        });
      }
      const may = await grants.mayWrite(actor.tenantId, actor, content);
      if (!may.ok) return may;
      if ((await roles.list(actor.tenantId)).length >= roleLimit) {
        return refuse('INVALID_STATE', `Expected at most ${roleLimit} roles, but this is one more`);
      }
      const created = await roles.create(actor.tenantId, saved(actor, name, content));
      if (!created.ok) {
        return refuse('ALREADY_EXISTS', `Expected a new name for the role, but '${name}' is taken`, { name });
      }
      await changed(actor.tenantId);
      return ok(created.value);
    },
    async update(actor, name, expectedHash, content) {
      const before = await own(actor, name);
      if (!before.ok) return before;
      const may = await grants.mayWrite(actor.tenantId, actor, content);
      if (!may.ok) return may;
      return administrators.narrow(actor.tenantId, name, content, () =>
        write(actor, name, expectedHash === '*' ? before.value.hash : expectedHash, content),
      );
    },
    async delete(actor, name) {
      const before = await own(actor, name);
      if (!before.ok) return before;
      const holders = await members.list(actor.tenantId, { role: name }, { limit: 5, offset: 0 });
      if (holders.total > 0) {
        return refuse('IN_USE', `Expected a role nobody has, but ${holders.total} members have it`, {
          members: holders.items.map(({ userId, username }) => ({ id: userId, username })),
        });
      }
      if (!(await roles.delete(actor.tenantId, name))) return missing(name);
      await changed(actor.tenantId);
      return ok();
    },
  };
}
