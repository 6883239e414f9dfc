import { failed, ok, type Result } from '@baton/engine/protocol';
import { type Api, type ApiFailure, type Credential, createApi, table } from '@baton/gateway/api';
import { type CommandFailure, refused, type SignIn } from '@baton/gateway/commands';
import type { Kept, Sessions } from './sessions.ts';

export interface SignInOptions {
  /** `BATON_URL`: before the server used last. */
  url: string | undefined;
  /** `BATON_API_KEY`: before what is kept. */
  apiKey: string | undefined;
  sessions: Sessions;
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): number;
}

export interface SignedInClient {
  api: Api;
  signIn: SignIn;
  /** A server whose address is another one has its own session. */
  server(): string;
}

const standard = 'http://127.0.0.1:3000';
/** ms before its end at which a token is renewed. */
const early = 20_000;

/** The API as whoever signed in, or the environment's key, asks it. */
export function createSignIn(options: SignInOptions): SignedInClient {
  const { sessions, fetch, now } = options;
  let server = plainAddress(options.url || sessions.current() || standard);
  let renewing: Promise<string | undefined> | undefined;

  const reach = async (url: string, init: RequestInit) => {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (init.signal?.aborted) throw error;
      const { message, cause } = error as Error & { cause?: Error };
      throw new Error(`it cannot be reached: ${cause?.message || message}`);
    }
  };
  const apiAt = (base: string, token: (fresh?: boolean) => Promise<Credential | undefined>) =>
    createApi({ fetch: reach, base: `${base}/api`, token });
  const nobody = async () => undefined;

  async function renewed(kept: Extract<Kept, { refreshToken: string }>): Promise<string | undefined> {
    const answer = await apiAt(server, nobody).call(table.session.renew, {
      body: { refresh_token: kept.refreshToken },
    });
    if (answer.ok) {
      const { access_token, refresh_token, expires_in } = answer.value;
      sessions.set(server, {
        ...kept,
        accessToken: access_token,
        refreshToken: refresh_token,
        expiresAt: now() + expires_in * 1000,
      });
      return access_token;
    }
    // Another program may have renewed it meanwhile; a refresh token is good once.
    const there = sessions.get(server);
    if (there && 'refreshToken' in there && there.refreshToken !== kept.refreshToken)
      return there.accessToken;
    if (answer.failure.code === 'REFRESH_TOKEN_INVALID') sessions.forget(server);
    return undefined;
  }

  async function token(fresh = false): Promise<Credential | undefined> {
    if (options.apiKey) return { apiKey: options.apiKey };
    const kept = sessions.get(server);
    if (!kept) return undefined;
    if ('apiKey' in kept) return { apiKey: kept.apiKey };
    if (!fresh && kept.expiresAt - early > now()) return kept.accessToken;
    renewing ??= renewed(kept).finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function known(at: string, credential: Credential, keep: (tenant: string, username: string) => Kept) {
    const me = await apiAt(at, async () => credential).call(table.session.me);
    if (!me.ok) return failed(refusedAt(at)(me.failure));
    const { tenant, user } = me.value;
    sessions.set(at, keep(tenant.id, user.username));
    server = at;
    return ok({ server: at, username: user.username, tenant: tenant.name });
  }

  const api = createApi({
    fetch: (url, init) => reach(server + url, init),
    base: '/api',
    token,
  });

  return {
    server: () => server,
    api: saying(api, () => server),
    signIn: {
      get server() {
        return server;
      },
      async withPassword(address, username, password) {
        const at = plainAddress(address);
        server = at;
        const answer = await apiAt(at, nobody).call(table.session.login, { body: { username, password } });
        if (!answer.ok) return failed(refusedAt(at)(answer.failure));
        const { access_token: accessToken, refresh_token: refreshToken, expires_in } = answer.value;
        const expiresAt = now() + expires_in * 1000;
        return known(at, accessToken, (tenant, name) => ({
          username: name,
          tenant,
          accessToken,
          refreshToken,
          expiresAt,
        }));
      },
      async withApiKey(address, apiKey) {
        const at = plainAddress(address);
        server = at;
        return known(at, { apiKey }, (tenant) => ({ tenant, apiKey }));
      },
      async leave(): Promise<Result<void, CommandFailure>> {
        const kept = sessions.get(server);
        if (!kept)
          return failed({
            exitCode: 3,
            message: `Expected a session at ${server}, but nobody is signed in there`,
          });
        if ('refreshToken' in kept) await api.call(table.session.logout, { body: {} });
        sessions.forget(server);
        return ok(undefined);
      },
    },
  };
}

const plainAddress = (address: string) =>
  URL.canParse(address) ? new URL(address).href.replace(/\/+$/, '') : address;

const refusedAt = (at: string) => (failure: ApiFailure) => refused(reworded(failure, at));

/** What a program's user can do about it. */
function reworded(failure: ApiFailure, server: string): ApiFailure {
  if (failure.code === 'UNREACHABLE')
    return {
      ...failure,
      message: `Expected the product at ${server} (BATON_URL or baton login), but ${failure.message.replace(/^.*\((.*)\)$/s, '$1')}`,
    };
  if (failure.status === 401 && failure.code === 'UNAUTHENTICATED')
    return {
      ...failure,
      message: `Expected somebody signed in at ${server}, but nobody is: baton login, or a key in BATON_API_KEY`,
    };
  return failure;
}

function saying(api: Api, server: () => string): Api {
  const told = <T>(answer: Result<T, ApiFailure>): Result<T, ApiFailure> =>
    answer.ok ? answer : failed(reworded(answer.failure, server()));
  return {
    call: async (...asked: Parameters<Api['call']>) => told(await api.call(...asked)),
    stream: async (...asked: Parameters<Api['stream']>) => told(await api.stream(...asked)),
  } as Api;
}
