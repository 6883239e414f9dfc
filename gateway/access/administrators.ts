import { ok, type Result } from '@baton/engine/protocol';
import type { ClaimStore, MemberStore, RoleStore } from '@baton/infra/store';
import type { UserDirectory } from '../auth/userDirectory.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { roles as builtIn, isRole } from './roles.ts';
import { anyTool } from './toolPatterns.ts';

/**
 * A tenant never loses its last owner, nor the last who can do all that an admin can: the one rule for every way somebody
 * may be let go. Whoever is let go is claimed first, then looked for another who stays: of two at the same moment, on
 * whichever gateways, the second sees the first. The exception is a process that stands still for longer than its claim.
 */
export interface Administrators {
  /**
   * @param after roles they are left with; none for who is disabled, removed or deleted
   * @param act changes it
   */
  letGo<T>(tenantId: string, userId: string, after: readonly string[], act: Act<T>): Answered<T>;
  /** @param to what a role of the tenant's own is to permit from now on */
  narrow<T>(tenantId: string, role: string, to: Permitting, act: Act<T>): Answered<T>;
}

type Answered<T> = Promise<Result<T, Refusal>>;
type Act<T> = () => Answered<T>;

interface Permitting {
  permissions: readonly string[];
  tools?: readonly string[];
}

export interface AdministratorsOptions {
  members: MemberStore;
  roles: RoleStore;
  /** Of an issuer that can be asked who may sign in. */
  directory: UserDirectory | undefined;
  claims: ClaimStore;
  /** epoch ms. */
  now(): number;
  newId(): string;
}

/** ms in which somebody is let go. */
const claimTime = 30_000;
/** How often is looked whether somebody else, who has to give way, has done so. */
const looks = 200;
const batch = 100;

const posts = ['owner', 'admin'] as const;
type Post = (typeof posts)[number];
/** Roles of the tenant's own that can do all that an admin can, at this moment. */
type Administering = ReadonlySet<string>;

const none: Administering = new Set();

interface Person {
  username: string;
  roles: readonly string[];
}

export function createAdministrators(options: AdministratorsOptions): Administrators {
  const { members, roles, directory, claims, now, newId } = options;

  async function administeringRoles(tenantId: string): Promise<Administering> {
    const own = await roles.list(tenantId);
    return new Set(own.filter(administers).map(({ name }) => name));
  }

  /** As those who let go know them: all roles that the tenant or the issuer says they have. */
  async function known(tenantId: string, userId: string): Answered<Person | undefined> {
    const member = await members.get(tenantId, userId);
    const user = await directory?.user(tenantId, userId);
    if (user && !user.ok && user.failure.code !== 'NOT_FOUND') return unavailable(user.failure.message);
    const username = member?.username ?? (user?.ok ? user.value.username : undefined);
    if (username === undefined || member?.removed) return ok(undefined);
    return ok({ username, roles: [...(member?.roles ?? []), ...(user?.ok ? user.value.roles : [])] });
  }

  /** The roles of somebody who can sign in, that both the tenant and the issuer say they have. */
  async function standing(tenantId: string, userId: string): Answered<readonly string[]> {
    const member = await members.get(tenantId, userId);
    if (member?.removed) return ok([]);
    const held = member?.roles ?? [];
    if (!directory) return ok(held);
    const user = await directory.user(tenantId, userId);
    if (!user.ok) return user.failure.code === 'NOT_FOUND' ? ok([]) : unavailable(user.failure.message);
    if (!user.value.enabled) return ok([]);
    const decided = member && member.changedAt.getTime() > 0;
    return ok([
      ...user.value.roles.filter((role) => !decided || held.includes(role)),
      ...held.filter((role) => !isRole(role)),
    ]);
  }

  /** Who may hold the post, by what is kept here and at the issuer. */
  async function* candidates(tenantId: string, post: Post, own: Administering): AsyncGenerator<string> {
    const named = post === 'owner' ? ['owner'] : ['owner', 'admin', ...own];
    for (const role of named) {
      for (let offset = 0, total = 1; offset < total; offset += batch) {
        const found = await members.list(tenantId, { role }, { limit: batch, offset });
        total = found.total;
        for (const { userId } of found.items) yield userId;
      }
    }
    for (let offset = 0, total = 1; directory && offset < total; offset += batch) {
      const found = await directory.list(tenantId, { limit: batch, offset });
      if (!found.ok) return;
      total = found.value.total;
      for (const { id, roles: held } of found.value.items)
        if (held.some((role) => named.includes(role))) yield id;
    }
  }

  /** Whether somebody keeps the post who is not let go with the claim of this reference; `contested`: by whom else. */
  async function another(
    tenantId: string,
    post: Post,
    leaving: { reference: string; claim: string },
  ): Answered<{ stays: boolean; contested: string[] }> {
    const administering = new Set(
      [...(await administeringRoles(tenantId))].filter((role) => roleReference(role) !== leaving.reference),
    );
    const ofRoles = [...administering].map(roleReference);
    const contested: string[] = [];
    const seen = new Set<string>();
    for await (const userId of candidates(tenantId, post, administering)) {
      const reference = userReference(userId);
      if (seen.has(userId) || reference === leaving.reference) continue;
      seen.add(userId);
      // First the claims, then the person: who is let go in between has looked for the claim of this one.
      const claimed = await claims.claimed(tenantId, 'ending', [reference, ...ofRoles], leaving.claim);
      const stood = await standing(tenantId, userId);
      if (!stood.ok) return stood;
      const by = stood.value.filter((role) => holds(post, role, administering));
      const free = by.filter(
        (role) => !claimed.includes(reference) && !claimed.includes(roleReference(role)),
      );
      if (free.length > 0) return ok({ stays: true, contested });
      if (by.length > 0) contested.push(...claimed);
    }
    return ok({ stays: false, contested });
  }

  /** Of two who would each leave it to the other, the one whose reference comes later gives way. */
  async function leaves(
    tenantId: string,
    post: Post,
    leaving: { reference: string; claim: string },
    who: string,
  ): Answered<void> {
    for (let look = 0; ; look++) {
      const found = await another(tenantId, post, leaving);
      if (!found.ok) return found;
      const { stays, contested } = found.value;
      if (stays) return ok();
      if (contested.length === 0) {
        return refuse('INVALID_STATE', `Expected another ${post} to stay, but ${who} is the last one`);
      }
      if (look < looks && contested.every((reference) => reference > leaving.reference)) continue;
      return refuse(
        'INVALID_STATE',
        `Expected another ${post} to stay, but besides ${who} the others are let go at this moment, too`,
      );
    }
  }

  async function whileClaimed<T>(
    tenantId: string,
    reference: string,
    work: (leaving: { reference: string; claim: string }) => Answered<T>,
  ): Answered<T> {
    const id = newId();
    const until = new Date(now() + claimTime);
    await claims.claim(tenantId, { id, side: 'ending', references: [reference], until });
    try {
      return await work({ reference, claim: id });
    } finally {
      await claims.release(tenantId, id);
    }
  }

  return {
    async letGo(tenantId, userId, after, act) {
      const given = posts.filter((post) => !after.some((role) => holds(post, role, none)));
      if (given.length === 0) return act();
      return whileClaimed(tenantId, userReference(userId), async (leaving) => {
        const before = await known(tenantId, userId);
        if (!before.ok) return before;
        const held = before.value;
        if (!held) return act();
        const administering = await administeringRoles(tenantId);
        const narrowed = await claims.claimed(
          tenantId,
          'ending',
          [...administering].map(roleReference),
          leaving.claim,
        );
        const lasting = new Set([...administering].filter((role) => !narrowed.includes(roleReference(role))));
        for (const post of given) {
          if (!held.roles.some((role) => holds(post, role, administering))) continue;
          if (after.some((role) => holds(post, role, lasting))) continue;
          const stays = await leaves(tenantId, post, leaving, held.username);
          if (!stays.ok) return stays;
        }
        return act();
      });
    },

    async narrow(tenantId, role, to, act) {
      if (administers(to)) return act();
      return whileClaimed(tenantId, roleReference(role), async (leaving) => {
        const before = await roles.get(tenantId, role);
        if (!before || !administers(before)) return act();
        const { items } = await members.list(tenantId, { role }, { limit: 1, offset: 0 });
        if (items.length === 0) return act();
        const stays = await leaves(tenantId, 'admin', leaving, `who has the role ${role}`);
        return stays.ok ? act() : stays;
      });
    },
  };
}

const userReference = (userId: string) => `administrator/${userId}`;
const roleReference = (role: string) => `administeringRole/${role}`;

function holds(post: Post, role: string, own: Administering): boolean {
  if (post === 'owner' || role === 'owner') return role === 'owner';
  return role === 'admin' || own.has(role);
}

const administers = ({ permissions, tools = anyTool }: Permitting): boolean =>
  builtIn.admin.every((permission) => permissions.includes(permission)) &&
  anyTool.every((pattern) => tools.includes(pattern));

const unavailable = (message: string) => refuse('ISSUER_UNAVAILABLE', message);
