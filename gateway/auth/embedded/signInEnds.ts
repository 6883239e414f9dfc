import type { ExpiringStore } from '@baton/infra/store';
import type { Provider } from 'oidc-provider';

/** Ends what the provider keeps of somebody's sign-ins: browser sessions, grants, codes, refresh tokens. */
export interface SignInEnds {
  endAll(accountId: string): Promise<void>;
  /** @param sessionId `sid` of an access token; one of somebody else is left alone. */
  end(accountId: string, sessionId: string): Promise<void>;
}

export function signInEnds(provider: Provider, expiring: ExpiringStore): SignInEnds {
  return {
    endAll: (accountId) => expiring.removeByAccount(accountId),
    async end(accountId, sessionId) {
      const session = await provider.Session.findByUid(sessionId);
      if (session?.accountId === accountId) {
        for (const { grantId } of Object.values(session.authorizations ?? {}))
          if (grantId) await expiring.removeByGrant(grantId);
        await session.destroy();
      }
      // Without a browser there is no session; the grant is all there is.
      const grant = await provider.Grant.find(sessionId);
      if (grant?.accountId !== accountId) return;
      await expiring.removeByGrant(sessionId);
      await grant.destroy();
    },
  };
}

/** `sid` of access tokens: the browser's session, or the grant of a sign-in without one. */
export function sessionIdOf(token: { sessionUid?: string | undefined; grantId?: string | undefined }) {
  return token.sessionUid ?? token.grantId;
}
