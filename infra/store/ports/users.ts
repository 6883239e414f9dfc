import type { Result } from '@baton/engine/protocol';
import type { Page, PageRequest } from './page.ts';

export interface User {
  id: string;
  username: string;
  name: string;
  email: string;
  tenantId: string;
  roles: string[];
  /** A user who is not cannot sign in. */
  enabled: boolean;
  /** scrypt, `salt:hash` in hex; only the embedded issuer reads it. */
  passwordHash: string;
}

/** Users of the embedded issuer. */
export interface IdentityStore {
  user(id: string): Promise<User | undefined>;
  userByName(username: string): Promise<User | undefined>;
  users(): Promise<User[]>;
  saveUser(user: User): Promise<void>;
  /** By username. */
  usersOf(tenantId: string, page: PageRequest): Promise<Page<User>>;
  createUser(user: User): Promise<Result<void, { code: 'ALREADY_EXISTS' }>>;
  /** False when the tenant has no such user. */
  changeUser(
    tenantId: string,
    id: string,
    changes: Partial<Pick<User, 'name' | 'email' | 'roles' | 'enabled' | 'passwordHash'>>,
  ): Promise<boolean>;
  deleteUser(tenantId: string, id: string): Promise<boolean>;
}
