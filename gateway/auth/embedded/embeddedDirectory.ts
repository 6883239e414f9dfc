import { failed, ok } from '@baton/engine/protocol';
import type { DocumentStore, User } from '@baton/infra/store';
import { hashPassword } from '../password.ts';
import type { DirectoryUser, UserDirectory } from '../userDirectory.ts';
import type { SignInEnds } from './signInEnds.ts';

export interface EmbeddedDirectoryOptions {
  store: Pick<DocumentStore, 'identity'>;
  signIns: SignInEnds;
  randomBytes(size: number): Uint8Array;
}

const missing = failed({
  code: 'NOT_FOUND' as const,
  message: 'Expected a user of the tenant, but there is none with this id',
});

/** Users of the embedded issuer, in the document store. */
export function createEmbeddedDirectory({
  store: { identity },
  signIns,
  randomBytes,
}: EmbeddedDirectoryOptions): UserDirectory {
  const find = async (tenantId: string, id: string) => {
    const user = await identity.user(id);
    return user?.tenantId === tenantId ? user : undefined;
  };
  const change = async (tenantId: string, id: string, changes: Parameters<typeof identity.changeUser>[2]) =>
    (await identity.changeUser(tenantId, id, changes)) ? ok() : missing;
  const salt = () => randomBytes(16);

  return {
    async create({ password, roles, ...user }) {
      const made: User = {
        ...user,
        id: Buffer.from(randomBytes(12)).toString('hex'),
        roles: [...roles],
        enabled: true,
        passwordHash: await hashPassword(password, salt()),
      };
      const created = await identity.createUser(made);
      if (created.ok) return ok(view(made));
      return failed({
        code: 'ALREADY_EXISTS',
        message: `Expected a user name that is free, but '${user.username}' is taken`,
      });
    },
    async user(tenantId, id) {
      const user = await find(tenantId, id);
      return user ? ok(view(user)) : missing;
    },
    async list(tenantId, page) {
      const { items, total } = await identity.usersOf(tenantId, page);
      return ok({ items: items.map(view), total });
    },
    update: (tenantId, id, { name, email }) =>
      change(tenantId, id, {
        ...(name === undefined ? {} : { name: name.trim().replace(/\s+/g, ' ') }),
        ...(email === undefined ? {} : { email }),
      }),
    setRoles: (tenantId, id, roles) => change(tenantId, id, { roles: [...roles] }),
    setEnabled: (tenantId, id, enabled) => change(tenantId, id, { enabled }),
    setPassword: async (tenantId, id, password) =>
      change(tenantId, id, { passwordHash: await hashPassword(password, salt()) }),
    async endSessions(tenantId, id) {
      if (!(await find(tenantId, id))) return missing;
      await signIns.endAll(id);
      return ok();
    },
    async endSession(tenantId, id, sessionId) {
      if (!(await find(tenantId, id))) return missing;
      await signIns.end(id, sessionId);
      return ok();
    },
    async delete(tenantId, id) {
      if (!(await identity.deleteUser(tenantId, id))) return missing;
      await signIns.endAll(id);
      return ok();
    },
  };
}

function view({ passwordHash: _secret, roles, ...user }: User): DirectoryUser {
  return { ...user, roles: [...roles].sort() };
}
