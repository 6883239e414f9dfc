import type { Configuration } from '@baton/gateway/api';
import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { OidcClient, Tokens } from './session.ts';

const leftKey = 'baton/signedOut';
/** Name of the window one signs in again in. */
const besideName = 'baton-sign-in';

/** Did the user sign out a moment ago? Asked once: a reload signs in again. */
export function leftOnPurpose(storage: Storage): boolean {
  const left = storage.getItem(leftKey) !== null;
  storage.removeItem(leftKey);
  return left;
}

/** Code flow with PKCE by redirect to `/`; tokens live in the browser's storage, so that a reload does not ask again. */
export function createOidcClient(configuration: Configuration, window: Window): OidcClient {
  const users = new UserManager({
    authority: configuration.issuer,
    client_id: configuration.clientId,
    redirect_uri: `${window.location.origin}/`,
    post_logout_redirect_uri: `${window.location.origin}/`,
    response_type: 'code',
    scope: 'openid profile email',
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: window.localStorage }),
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
  });
  const tokensOf = (user: User | null | undefined): Tokens | undefined =>
    user ? { accessToken: user.access_token, expiresAt: (user.expires_at ?? 0) * 1000 } : undefined;

  /** A page of another origin is cut off from its opener (Cross-Origin-Opener-Policy) and could not answer. */
  const mayAnswer = new URL(configuration.issuer, window.location.href).origin === window.location.origin;

  return {
    async returnFromSignIn() {
      const query = new URLSearchParams(window.location.search);
      if (!query.has('state') || !(query.has('code') || query.has('error'))) return undefined;
      if (window.name === besideName && window.opener) {
        // Hands the answer to the page that asked and closes this window.
        await users.signinPopupCallback(window.location.href);
        return undefined;
      }
      const user = await users.signinRedirectCallback(window.location.href).finally(() => {
        window.history.replaceState(null, '', '/');
      });
      const { address } = (user.state ?? {}) as { address?: string };
      if (address?.startsWith('/') && !address.startsWith('//'))
        window.history.replaceState(null, '', address);
      return tokensOf(user);
    },
    remembered: async () => tokensOf(await users.getUser()),
    async signIn() {
      const { pathname, search, hash } = window.location;
      await users.signinRedirect({ state: { address: pathname + search + hash } });
    },
    ...(mayAnswer && {
      async signInBeside() {
        const user = await users.signinPopup({
          popupWindowTarget: besideName,
          popupWindowFeatures: { width: 480, height: 640, closePopupWindowAfterInSeconds: -1 },
        });
        return tokensOf(user)!;
      },
    }),
    async signOut() {
      const user = await users.getUser();
      await users.removeUser();
      window.sessionStorage.setItem(leftKey, 'true');
      await users.signoutRedirect(user?.id_token ? { id_token_hint: user.id_token } : {});
    },
    async renew() {
      const user = await users.getUser();
      if (!user?.refresh_token) return { refused: true };
      try {
        const renewed = tokensOf(await users.signinSilent());
        return renewed ? { renewed } : { refused: true };
      } catch (error) {
        return error instanceof ErrorResponse ? { refused: true } : { unreachable: true };
      }
    },
    forget: () => users.removeUser(),
  };
}
