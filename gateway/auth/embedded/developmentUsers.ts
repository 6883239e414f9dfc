import type { DocumentStore, IdentityStore, User } from '@baton/infra/store';
import { platformTenant } from '../../access/roles.ts';
import { hashPassword, passwordMatches } from '../password.ts';

const tenants = [
  { id: 'acme', name: 'Acme' },
  { id: 'globex', name: 'Globex' },
];

/** Whom a fresh installation knows; the password is the user name. */
export const developmentUsers: Omit<User, 'passwordHash' | 'enabled'>[] = [
  {
    id: 'acme-designer',
    username: 'designer',
    name: 'Dana Reyes',
    email: 'designer@acme.example',
    tenantId: 'acme',
    roles: ['designer'],
  },
  {
    id: 'acme-author',
    username: 'author',
    name: 'Ari Novak',
    email: 'author@acme.example',
    tenantId: 'acme',
    roles: ['author'],
  },
  {
    id: 'acme-admin',
    username: 'admin',
    name: 'Sam Okafor',
    email: 'admin@acme.example',
    tenantId: 'acme',
    roles: ['admin'],
  },
  {
    id: 'acme-viewer',
    username: 'viewer',
    name: 'Vera Moreau',
    email: 'viewer@acme.example',
    tenantId: 'acme',
    roles: ['viewer'],
  },
  {
    id: 'globex-designer',
    username: 'designer@globex',
    name: 'Gil Larsen',
    email: 'designer@globex.example',
    tenantId: 'globex',
    roles: ['designer'],
  },
  {
    id: 'platform-platform',
    username: 'platform',
    name: 'Pat Lindqvist',
    email: 'platform@baton.example',
    tenantId: platformTenant,
    roles: ['platform'],
  },
];

/** Adds what is missing; a user or tenant that was changed stays as it is. */
export async function seedDevelopmentUsers(
  { tenants: known, identity }: Pick<DocumentStore, 'tenants' | 'identity'>,
  randomBytes: (size: number) => Uint8Array,
  at: Date,
): Promise<void> {
  for (const tenant of tenants) await known.create({ ...tenant, at });
  for (const user of developmentUsers) {
    if (await identity.userByName(user.username)) continue;
    await identity.saveUser({
      ...user,
      enabled: true,
      passwordHash: await hashPassword(user.username, randomBytes(16)),
    });
  }
}

/** Names of stored users whose password still is their name. */
export async function usersWithDevelopmentPasswords(identity: IdentityStore): Promise<string[]> {
  const found: string[] = [];
  for (const { username } of developmentUsers) {
    const user = await identity.userByName(username);
    if (user && (await passwordMatches(username, user.passwordHash))) found.push(username);
  }
  return found;
}
