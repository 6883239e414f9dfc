import { failed, ok, type Result } from '@baton/engine/protocol';

export interface IssuedTokens {
  accessToken: string;
  refreshToken: string;
  /** Seconds the access token lives. */
  expiresIn: number;
}

type Unavailable = { code: 'ISSUER_UNAVAILABLE'; message: string };

/** Sign-in by programs: name and password for tokens, at the issuer's token endpoint. */
export interface PasswordSignIn {
  signIn(
    username: string,
    password: string,
  ): Promise<Result<IssuedTokens, { code: 'CREDENTIALS_INVALID'; message: string } | Unavailable>>;
  renew(
    refreshToken: string,
  ): Promise<Result<IssuedTokens, { code: 'REFRESH_TOKEN_INVALID'; message: string } | Unavailable>>;
}

export interface PasswordSignInOptions {
  issuer: string;
  /** A confidential client that may ask with a user's password. */
  clientId: string;
  clientSecret: string;
  fetch: typeof fetch;
}

export function createPasswordSignIn(options: PasswordSignInOptions): PasswordSignIn {
  const { issuer, clientId, clientSecret } = options;
  const authorization = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`;
  const unavailable = (but: string) =>
    failed({
      code: 'ISSUER_UNAVAILABLE' as const,
      message: `Expected tokens of ${issuer}, but ${but}`,
    });

  /** Tokens; undefined when the issuer refuses what was given. */
  async function ask(fields: Record<string, string>): Promise<Result<IssuedTokens | undefined, Unavailable>> {
    try {
      const answer = await options.fetch(`${issuer}/protocol/openid-connect/token`, {
        method: 'POST',
        headers: { authorization },
        body: new URLSearchParams({ ...fields, scope: 'openid profile email' }),
      });
      const body = (await answer.json()) as { [field: string]: unknown };
      // Keycloak answers wrong credentials with 401 invalid_grant, others with the 400 of RFC 6749 §5.2.
      if (!answer.ok)
        return body.error === 'invalid_grant' ? ok(undefined) : unavailable(`it answers ${answer.status}`);
      return ok({
        accessToken: String(body.access_token),
        refreshToken: String(body.refresh_token),
        expiresIn: Number(body.expires_in),
      });
    } catch {
      return unavailable('it cannot be reached');
    }
  }

  return {
    async signIn(username, password) {
      const asked = await ask({ grant_type: 'password', username, password });
      if (!asked.ok) return asked;
      if (asked.value) return ok(asked.value);
      return failed({
        code: 'CREDENTIALS_INVALID',
        message: 'Expected a user name and its password, but they do not match',
      });
    },
    async renew(refreshToken) {
      const asked = await ask({ grant_type: 'refresh_token', refresh_token: refreshToken });
      if (!asked.ok) return asked;
      if (asked.value) return ok(asked.value);
      return failed({
        code: 'REFRESH_TOKEN_INVALID',
        message: 'Expected a refresh token that was not used yet, but the issuer takes it no more',
      });
    },
  };
}
