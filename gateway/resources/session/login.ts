import { ok, type Result } from '@baton/engine/protocol';
import type { SignInAttempts } from '../../auth/embedded/signInAttempts.ts';
import type { IssuedTokens, PasswordSignIn } from '../../auth/passwordSignIn.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Sessions } from '../../auth/sessions.ts';
import type { UserDirectory } from '../../auth/userDirectory.ts';
import type { VerifyToken } from '../../auth/verifyToken.ts';
import { type Refusal, refuse } from '../../refusal.ts';

export interface LoggedIn {
  tokens: IssuedTokens;
  principal: Principal;
}

type Answered<T> = Promise<Result<T, Refusal>>;

export interface LoginService {
  login(username: string, password: string): Answered<LoggedIn>;
  renew(refreshToken: string): Answered<LoggedIn>;
  logout(principal: Principal, everywhere: boolean): Answered<void>;
}

export interface LoginServiceOptions {
  passwordSignIn: PasswordSignIn;
  /** Wrong passwords, counted together with those of the sign-in page. */
  attempts: SignInAttempts;
  verify: VerifyToken;
  sessions: Sessions;
  directory: UserDirectory;
}

export function createLoginService(options: LoginServiceOptions): LoginService {
  const { passwordSignIn, attempts, verify, sessions, directory } = options;

  async function checked(tokens: IssuedTokens): Answered<LoggedIn> {
    const principal = await verify(tokens.accessToken);
    return principal.ok ? ok({ tokens, principal: principal.value }) : principal;
  }

  return {
    async login(username, password) {
      let asked: Awaited<ReturnType<PasswordSignIn['signIn']>> | undefined;
      const attempt = await attempts.attempt(username.toLowerCase(), async () => {
        asked = await passwordSignIn.signIn(username, password);
        // An issuer out of reach says nothing about the password.
        return !asked.ok && asked.failure.code === 'ISSUER_UNAVAILABLE' ? undefined : asked.ok;
      });
      if (!attempt.accepted && (!asked || attempt.left === 0)) {
        return refuse(
          'SIGN_IN_PAUSED',
          'Expected a few tries at most, but there were too many wrong passwords for this name; try again in some minutes',
        );
      }
      return asked?.ok ? checked(asked.value) : (asked as Result<never, Refusal>);
    },
    async renew(refreshToken) {
      const asked = await passwordSignIn.renew(refreshToken);
      return asked.ok ? checked(asked.value) : asked;
    },
    async logout({ kind, tenantId, userId, sessionId }, everywhere) {
      if (kind !== 'user' || (sessionId === undefined && !everywhere)) {
        return refuse(
          'INVALID_STATE',
          'Expected a session of a user to end, but the token is of none; ask with everywhere to end all of the user',
        );
      }
      // Here first: whatever the issuer answers, these access tokens are worth nothing any more.
      await sessions.end(tenantId, userId, everywhere ? undefined : sessionId);
      return everywhere || sessionId === undefined
        ? directory.endSessions(tenantId, userId)
        : directory.endSession(tenantId, userId, sessionId);
    },
  };
}
