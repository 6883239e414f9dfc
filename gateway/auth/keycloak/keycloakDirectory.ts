import { failed, ok, type Result } from '@baton/engine/protocol';
import { isRole } from '../../access/roles.ts';
import type { DirectoryUser, UserDirectory } from '../userDirectory.ts';
import type { AdminApi, Unavailable } from './adminApi.ts';

/** What of Keycloak's user representation concerns us; the rest is kept as it is. */
interface Representation {
  id: string;
  username: string;
  email?: string;
  firstName?: string;
  lastName?: string;
  enabled: boolean;
  attributes?: { tenant?: string[] };
  serviceAccountClientId?: string;
  [more: string]: unknown;
}

interface RoleRepresentation {
  id: string;
  name: string;
}

const missing = failed({
  code: 'NOT_FOUND' as const,
  message: 'Expected a user of the tenant, but there is none with this id',
});

/** The first call is read-only and names the tenant: whoever is not of it is not reached by any other call. */
export function createKeycloakDirectory(api: AdminApi): UserDirectory {
  const at = (id: string) => `/users/${encodeURIComponent(id)}`;
  const unexpected = (status: number): { ok: false; failure: Unavailable } =>
    failed({
      code: 'ISSUER_UNAVAILABLE',
      message: `Expected the issuer to keep the user, but it answers ${status}`,
    });

  async function find(tenantId: string, id: string) {
    const asked = await api.ask('GET', at(id));
    if (!asked.ok) return asked;
    const found = asked.value.body as Representation;
    return asked.value.status === 200 && found.attributes?.tenant?.[0] === tenantId ? ok(found) : missing;
  }

  async function rolesOf(id: string): Promise<Result<RoleRepresentation[], Unavailable>> {
    const asked = await api.ask('GET', `${at(id)}/role-mappings/realm`);
    if (!asked.ok) return asked;
    const held = (asked.value.body ?? []) as RoleRepresentation[];
    return ok(Array.isArray(held) ? held.filter(({ name }) => isRole(name)) : []);
  }

  async function view(found: Representation): Promise<Result<DirectoryUser, Unavailable>> {
    const roles = await rolesOf(found.id);
    if (!roles.ok) return roles;
    return ok({
      id: found.id,
      username: found.username,
      name: [found.firstName, found.lastName].filter(Boolean).join(' ') || found.username,
      email: found.email ?? '',
      tenantId: found.attributes?.tenant?.[0] ?? '',
      roles: roles.value.map(({ name }) => name).sort(),
      enabled: found.enabled,
    });
  }

  /** Takes first and gives then: cut in between, there is less than asked for and not more. */
  async function changeRoles(id: string, wanted: readonly string[]): Promise<Result<void, Unavailable>> {
    const held = await rolesOf(id);
    if (!held.ok) return held;
    const taken = held.value.filter(({ name }) => !wanted.includes(name));
    const path = `${at(id)}/role-mappings/realm`;
    if (taken.length > 0) {
      const removed = await api.ask('DELETE', path, taken);
      if (!removed.ok) return removed;
    }
    const names = new Set(held.value.map(({ name }) => name));
    if (wanted.every((name) => names.has(name))) return ok();
    const asked = await api.ask('GET', `${path}/available`);
    if (!asked.ok) return asked;
    const given = (asked.value.body as RoleRepresentation[]).filter(({ name }) => wanted.includes(name));
    const unknown = wanted.filter((name) => !names.has(name) && !given.some((role) => role.name === name));
    if (unknown.length > 0) {
      return failed({
        code: 'ISSUER_UNAVAILABLE',
        message: `Expected the realm to have the roles ${unknown.join(', ')}, but it has not`,
      });
    }
    const added = await api.ask('POST', path, given);
    return added.ok ? ok() : added;
  }

  async function change(tenantId: string, id: string, changes: Partial<Representation>) {
    const found = await find(tenantId, id);
    if (!found.ok) return found;
    const answered = await api.ask('PUT', at(id), { ...found.value, ...changes });
    if (!answered.ok) return answered;
    return answered.value.status === 204 ? ok() : unexpected(answered.value.status);
  }

  /** A call about one user that answers nothing. */
  async function tell(tenantId: string, id: string, method: string, path: string) {
    const found = await find(tenantId, id);
    if (!found.ok) return found;
    const answered = await api.ask(method, path);
    return answered.ok ? ok() : answered;
  }

  return {
    async create({ username, name, email, tenantId, roles, password }) {
      // Everybody of a tenant is in its group; it is there already for all but the first.
      const group = await api.ask('POST', '/groups', { name: tenantId });
      if (!group.ok) return group;
      const made = await api.ask('POST', '/users', {
        username,
        email,
        ...namesOf(name),
        enabled: true,
        emailVerified: true,
        attributes: { tenant: [tenantId] },
        groups: [`/${tenantId}`],
        credentials: [{ type: 'password', value: password, temporary: false }],
      });
      if (!made.ok) return made;
      const { status, madeId: id, body } = made.value;
      if (status === 409) {
        return failed({
          code: 'ALREADY_EXISTS',
          message: `Expected a user name that is free, but '${username}' is taken`,
        });
      }
      if (status === 400) return failed({ code: 'VALIDATION_FAILED', message: refusalIn(body) });
      if (id === undefined) return unexpected(status);
      const given = await changeRoles(id, roles);
      if (!given.ok) {
        await api.ask('DELETE', at(id));
        return given;
      }
      const found = await find(tenantId, id);
      return found.ok ? view(found.value) : unexpected(404);
    },
    async user(tenantId, id) {
      const found = await find(tenantId, id);
      return found.ok ? view(found.value) : found;
    },
    async list(tenantId, { limit, offset }) {
      const query = new URLSearchParams({ q: `tenant:${tenantId}` });
      const counted = await api.ask('GET', `/users/count?${query}`);
      if (!counted.ok) return counted;
      const paged = new URLSearchParams({
        ...Object.fromEntries(query),
        first: `${offset}`,
        max: `${limit}`,
      });
      const asked = await api.ask('GET', `/users?${paged}`);
      if (!asked.ok) return asked;
      const found = (asked.value.body as Representation[]).filter(
        ({ attributes }) => attributes?.tenant?.[0] === tenantId,
      );
      const views = await Promise.all(found.map(view));
      const items: DirectoryUser[] = [];
      for (const each of views) {
        if (!each.ok) return each;
        items.push(each.value);
      }
      return ok({ items, total: Number(counted.value.body) });
    },
    update: (tenantId, id, { name, email }) =>
      change(tenantId, id, {
        ...(name === undefined ? {} : namesOf(name)),
        ...(email === undefined ? {} : { email }),
      }),
    async setRoles(tenantId, id, roles) {
      const found = await find(tenantId, id);
      return found.ok ? changeRoles(id, roles) : found;
    },
    setEnabled: (tenantId, id, enabled) => change(tenantId, id, { enabled }),
    async setPassword(tenantId, id, password) {
      const found = await find(tenantId, id);
      if (!found.ok) return found;
      const credential = { type: 'password', value: password, temporary: false };
      const answered = await api.ask('PUT', `${at(id)}/reset-password`, credential);
      if (!answered.ok) return answered;
      if (answered.value.status === 204) return ok();
      return failed({ code: 'VALIDATION_FAILED', message: refusalIn(answered.value.body) });
    },
    endSessions: (tenantId, id) => tell(tenantId, id, 'POST', `${at(id)}/logout`),
    async endSession(tenantId, id, sessionId) {
      const found = await find(tenantId, id);
      if (!found.ok) return found;
      const asked = await api.ask('GET', `${at(id)}/sessions`);
      if (!asked.ok) return asked;
      const theirs = (asked.value.body as { id: string }[]).some((session) => session.id === sessionId);
      if (!theirs) return ok();
      const answered = await api.ask('DELETE', `/sessions/${encodeURIComponent(sessionId)}`);
      return answered.ok ? ok() : answered;
    },
    delete: (tenantId, id) => tell(tenantId, id, 'DELETE', at(id)),
  };
}

/** Keycloak keeps two names: the last word, and what comes before. */
function namesOf(name: string): { firstName: string; lastName: string } {
  const words = name.trim().split(/\s+/);
  return words.length > 1
    ? { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1)! }
    : { firstName: words[0] ?? '', lastName: '' };
}

/** What the realm's own rules do not allow, e.g. its password policy. */
function refusalIn(body: unknown): string {
  const { errorMessage, error_description, error } = (body ?? {}) as { [field: string]: unknown };
  return `Expected what the issuer allows, but it refuses: ${errorMessage ?? error_description ?? error ?? 'no reason given'}`;
}
