import { failed } from '@baton/engine/protocol';
import type { PasswordSignIn } from './passwordSignIn.ts';
import type { UserDirectory } from './userDirectory.ts';

const refused = async () =>
  failed({
    code: 'ISSUER_UNAVAILABLE' as const,
    message: 'Expected a client that may manage the issuer’s users, but OIDC_ADMIN_CLIENT_SECRET is not set',
  });

/** Of an issuer whose people can be asked for and changed from here. */
export const administered = (directory: UserDirectory): UserDirectory | undefined =>
  directory === unadministered.directory ? undefined : directory;

/** Of an issuer at which nobody gave us a client of our own: people are managed there. */
export const unadministered: { directory: UserDirectory; passwordSignIn: PasswordSignIn } = {
  directory: {
    create: refused,
    user: refused,
    list: refused,
    update: refused,
    setRoles: refused,
    setEnabled: refused,
    setPassword: refused,
    endSessions: refused,
    endSession: refused,
    delete: refused,
  },
  passwordSignIn: { signIn: refused, renew: refused },
};
