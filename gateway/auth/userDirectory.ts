import type { Result } from '@baton/engine/protocol';

/** A person as the issuer knows them. */
export interface DirectoryUser {
  /** `sub` of their tokens. */
  id: string;
  username: string;
  name: string;
  email: string;
  tenantId: string;
  /** Built-in roles, as their tokens name them. */
  roles: readonly string[];
  enabled: boolean;
}

export interface NewDirectoryUser extends Omit<DirectoryUser, 'id' | 'enabled'> {
  password: string;
}

type Unavailable = { code: 'ISSUER_UNAVAILABLE'; message: string };
type Missing = { code: 'NOT_FOUND'; message: string };
type Taken = { code: 'ALREADY_EXISTS'; message: string };
type Weak = { code: 'VALIDATION_FAILED'; message: string };

/** Users where sign-in happens: the embedded issuer's own, or Keycloak's through its admin API. */
export interface UserDirectory {
  create(user: NewDirectoryUser): Promise<Result<DirectoryUser, Taken | Weak | Unavailable>>;
  user(tenantId: string, id: string): Promise<Result<DirectoryUser, Missing | Unavailable>>;
  list(
    tenantId: string,
    page: { limit: number; offset: number },
  ): Promise<Result<{ items: DirectoryUser[]; total: number }, Unavailable>>;
  update(
    tenantId: string,
    id: string,
    changes: { name?: string; email?: string },
  ): Promise<Result<void, Missing | Unavailable>>;
  /** Exactly these of the built-in roles. */
  setRoles(
    tenantId: string,
    id: string,
    roles: readonly string[],
  ): Promise<Result<void, Missing | Unavailable>>;
  /** A disabled user cannot sign in or refresh. */
  setEnabled(tenantId: string, id: string, enabled: boolean): Promise<Result<void, Missing | Unavailable>>;
  setPassword(
    tenantId: string,
    id: string,
    password: string,
  ): Promise<Result<void, Missing | Weak | Unavailable>>;
  /** Ends sign-ins and refresh tokens; access tokens are refused by who checks them. */
  endSessions(tenantId: string, id: string): Promise<Result<void, Missing | Unavailable>>;
  /** The same for one of them, by the `sid` of its tokens; nothing happens when it is not theirs. */
  endSession(tenantId: string, id: string, sessionId: string): Promise<Result<void, Missing | Unavailable>>;
  delete(tenantId: string, id: string): Promise<Result<void, Missing | Unavailable>>;
}
