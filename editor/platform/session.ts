import { failed, ok, type Result } from '@baton/engine/protocol';
import { type Configuration, type Me, sessionRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';
import { createApi } from './api.ts';
import type { Failure } from './failure.ts';
import type { Clock, Fetch } from './host.ts';

export type SessionState =
  | { status: 'starting' }
  | { status: 'signedOut'; configuration: Configuration }
  | { status: 'signedIn'; configuration: Configuration; me: Me }
  /** Signed in until `at` (ms since 1970); what is on the screen stays, nothing can be read or saved. */
  | { status: 'ended'; configuration: Configuration; me: Me; at: number }
  /** Signed in, but let in no more: `code` of the refusal. What is on the screen stays. */
  | { status: 'shutOut'; configuration: Configuration; me: Me; code: string }
  | { status: 'failed'; failure: Failure };

export interface Session extends Readable<SessionState> {
  start(): Promise<void>;
  /** Goes to the sign-in page and comes back to where the user is now. */
  signIn(): Promise<void>;
  signOut(): Promise<void>;
  /**
   * After the session ended: signs in beside the page, which stays as it is. Where that cannot be, or it was given up,
   * answers why; `signIn` is left then.
   */
  signInAgain(): Promise<Result<void, Failure>>;
  /** Let in no more, or (`undefined`) again. */
  shutOut(code: string | undefined): void;
  /** A valid access token; `fresh` renews it first. `undefined`: nobody is signed in any more. */
  token(fresh?: boolean): Promise<string | undefined>;
  /** The access token at hand, for what is sent while the page goes away. */
  tokenNow?(): string | undefined;
}

/** Tokens of a signed-in user. */
export interface Tokens {
  accessToken: string;
  /** ms since 1970 */
  expiresAt: number;
}

/** Why a renewal gave no tokens: the issuer refused (the session is over) or could not be asked. */
export type Renewal = { renewed: Tokens } | { refused: true } | { unreachable: true };

/** The OIDC client: code flow with PKCE by redirect, renewal by refresh token. */
export interface OidcClient {
  /** Completes a sign-in if the address is the one the issuer sent the browser back to. */
  returnFromSignIn(): Promise<Tokens | undefined>;
  /** Tokens kept from before a reload. */
  remembered(): Promise<Tokens | undefined>;
  signIn(): Promise<void>;
  /** In a window of its own; left out where the issuer cannot answer to one. */
  signInBeside?(): Promise<Tokens>;
  signOut(): Promise<void>;
  renew(): Promise<Renewal>;
  forget(): Promise<void>;
}

export interface SessionOptions {
  fetch: Fetch;
  clock: Clock;
  createOidc(configuration: Configuration): OidcClient;
  /** Somebody else signed in: what is on the screen is not theirs. */
  reload?(): void;
}

/** Renewed this many ms before it expires, so that a request under way does not meet its end. */
const renewBefore = 20_000;

export function createSession({ fetch, clock, createOidc, reload }: SessionOptions): Session {
  const store = createStore<{ session: SessionState }>(() => ({ session: { status: 'starting' } }));
  const become = (session: SessionState) => store.setState({ session });
  let oidc: OidcClient | undefined;
  let tokens: Tokens | undefined;
  let renewing: Promise<string | undefined> | undefined;

  const api = createApi({ fetch, base: '/api', token: (fresh) => token(fresh) });

  async function renew(): Promise<string | undefined> {
    const renewal = await oidc?.renew();
    if (renewal && 'renewed' in renewal) {
      tokens = renewal.renewed;
      return tokens.accessToken;
    }
    if (renewal && 'unreachable' in renewal) return tokens?.accessToken;
    tokens = undefined;
    await oidc?.forget();
    const before = store.getState().session;
    if (before.status === 'signedIn') become({ ...before, status: 'ended', at: clock.now() });
    return undefined;
  }

  async function token(fresh = false): Promise<string | undefined> {
    if (!tokens) return undefined;
    if (!fresh && tokens.expiresAt - renewBefore > clock.now()) return tokens.accessToken;
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  return {
    getState: () => store.getState().session,
    subscribe: store.subscribe,
    async start() {
      const configuration = await api.call(sessionRoutes.configuration);
      if (!configuration.ok) return become({ status: 'failed', failure: configuration.failure });
      oidc = createOidc(configuration.value);
      try {
        tokens = (await oidc.returnFromSignIn()) ?? (await oidc.remembered());
      } catch (error) {
        return become({ status: 'failed', failure: signInFailed(error) });
      }
      if (!(await token())) return become({ status: 'signedOut', configuration: configuration.value });
      const me = await api.call(sessionRoutes.me);
      if (me.ok) return become({ status: 'signedIn', configuration: configuration.value, me: me.value });
      if (me.failure.status !== 401) return become({ status: 'failed', failure: me.failure });
      await oidc.forget();
      become({ status: 'signedOut', configuration: configuration.value });
    },
    async signIn() {
      try {
        await oidc?.signIn();
      } catch (error) {
        become({ status: 'failed', failure: signInFailed(error) });
      }
    },
    async signInAgain() {
      const before = store.getState().session;
      if (before.status !== 'ended') return ok();
      if (!oidc?.signInBeside) {
        await oidc?.signIn();
        return ok();
      }
      try {
        tokens = await oidc.signInBeside();
      } catch (error) {
        return failed(signInFailed(error));
      }
      const me = await api.call(sessionRoutes.me);
      if (!me.ok) {
        tokens = undefined;
        return failed(me.failure);
      }
      if (me.value.user.id !== before.me.user.id || me.value.tenant.id !== before.me.tenant.id) {
        reload?.();
        return ok();
      }
      become({ status: 'signedIn', configuration: before.configuration, me: me.value });
      return ok();
    },
    async signOut() {
      tokens = undefined;
      await oidc?.signOut();
    },
    shutOut(code) {
      const before = store.getState().session;
      if (code !== undefined && (before.status === 'signedIn' || before.status === 'shutOut')) {
        become({ ...before, status: 'shutOut', code });
      } else if (code === undefined && before.status === 'shutOut') {
        const { configuration, me } = before;
        become({ status: 'signedIn', configuration, me });
      }
    },
    token,
    tokenNow: () => tokens?.accessToken,
  };
}

/** What an issuer answers without words of its own (RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6). */
const refusals = new Map([
  ['access_denied', 'the issuer refused it; ask who administers your users'],
  ['invalid_grant', 'what it was begun with is no longer valid; begin it again'],
  ['login_required', 'nobody is signed in at the issuer; begin it again'],
  ['interaction_required', 'the issuer has something to ask; begin it again'],
  ['consent_required', 'the issuer wants your consent; begin it again'],
  ['server_error', 'the issuer failed; try again in a moment'],
  ['temporarily_unavailable', 'the issuer is not available; try again in a moment'],
]);

function signInFailed(error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'SIGN_IN_FAILED',
    message: `Expected the sign-in to complete, but ${refusals.get(reason) ?? `it failed: ${reason}`}`,
  };
}
