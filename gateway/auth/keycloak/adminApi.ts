import { failed, ok, type Result } from '@baton/engine/protocol';

export type Unavailable = { code: 'ISSUER_UNAVAILABLE'; message: string };

export interface AdminAnswer {
  status: number;
  /** Parsed JSON; undefined when there is none. */
  body: unknown;
  /** Last part of the address of what was made. */
  madeId: string | undefined;
}

/** Keycloak's admin REST API of one realm. */
export interface AdminApi {
  /** Answers 2xx, 400, 404 and 409; whatever else is the service's trouble, not the caller's. */
  ask(method: string, path: string, body?: unknown): Promise<Result<AdminAnswer, Unavailable>>;
}

export interface AdminApiOptions {
  /** `https://host/realms/name`. */
  issuer: string;
  /** A confidential client whose service account manages the realm's users. */
  clientId: string;
  clientSecret: string;
  fetch: typeof fetch;
  clock: { now(): number; after(delay: number, call: () => void): () => void };
}

/** ms an answer may take. */
const timeout = 10_000;
/** ms before its end from which a token is renewed. */
const renewBefore = 30_000;
const answers = [400, 404, 409];

export function createAdminApi({
  issuer,
  clientId,
  clientSecret,
  clock,
  ...options
}: AdminApiOptions): AdminApi {
  const base = issuer.replace(/\/realms\/([^/]+)$/, '/admin/realms/$1');
  let held: { token: Promise<Result<string, Unavailable>>; until: number } | undefined;
  const unavailable = (but: string) =>
    failed({ code: 'ISSUER_UNAVAILABLE' as const, message: `Expected the users of ${issuer}, but ${but}` });

  async function limited(address: string, request: RequestInit): Promise<Response> {
    const ended = new AbortController();
    const cancel = clock.after(timeout, () => ended.abort());
    try {
      const answer = await options.fetch(address, { ...request, signal: ended.signal });
      return new Response(await answer.arrayBuffer().then((bytes) => (bytes.byteLength > 0 ? bytes : null)), {
        status: answer.status,
        headers: answer.headers,
      });
    } finally {
      cancel();
    }
  }

  async function token(): Promise<Result<string, Unavailable>> {
    const at = clock.now();
    if (held && held.until > at) return held.token;
    const asked = { token: requestToken(), until: at + timeout };
    held = asked;
    const got = await asked.token;
    if (!got.ok && held === asked) held = undefined;
    return got;
  }

  async function requestToken(): Promise<Result<string, Unavailable>> {
    const answer = await limited(`${issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    if (!answer.ok) return unavailable(`it does not let in the client '${clientId}' (${answer.status})`);
    const { access_token, expires_in } = (await answer.json()) as {
      access_token: string;
      expires_in: number;
    };
    if (held) held.until = clock.now() + Math.max(0, expires_in * 1000 - renewBefore);
    return ok(access_token);
  }

  async function send(method: string, path: string, body: unknown): Promise<Result<Response, Unavailable>> {
    const got = await token();
    if (!got.ok) return got;
    return ok(
      await limited(base + path, {
        method,
        headers: {
          authorization: `Bearer ${got.value}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  }

  return {
    async ask(method, path, body) {
      try {
        let sent = await send(method, path, body);
        if (sent.ok && sent.value.status === 401) {
          // Ended before its time: the realm's keys or the client's secret changed.
          held = undefined;
          sent = await send(method, path, body);
        }
        if (!sent.ok) return sent;
        const { status, headers } = sent.value;
        if (!sent.value.ok && !answers.includes(status)) return unavailable(`it answers ${status}`);
        const text = await sent.value.text();
        const isJson = headers.get('content-type')?.includes('json') && text !== '';
        return ok({
          status,
          body: isJson ? JSON.parse(text) : undefined,
          madeId: headers.get('location')?.split('/').at(-1),
        });
      } catch {
        return unavailable('it cannot be reached');
      }
    },
  };
}
