import { failed, ok, type Result } from '@baton/engine/protocol';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { isRole } from '../access/roles.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Principal } from './principal.ts';

export interface TokenRules {
  issuer: string;
  audience: string;
  tenantClaim: string;
  keys: JWTVerifyGetKey;
  /** epoch ms. */
  now(): number;
}

export type VerifyToken = (token: string) => Promise<Result<Principal, Refusal>>;

/** How Keycloak names the user behind a client's own tokens: `service-account-<client>`. */
export const serviceAccount = 'service-account-';

/** Tokens kept after one verification; signatures cost a hundred times more than a look-up. */
const cacheLimit = 10_000;

/** Checks signature, issuer, audience and time once per token; later uses only look at its end. */
export function createTokenVerifier(rules: TokenRules): VerifyToken {
  const verified = new Map<string, Principal>();
  const expired = () =>
    refuse(
      'TOKEN_EXPIRED',
      'Expected an access token that is still valid, but it has expired; sign in again',
    );

  return async (token) => {
    const known = verified.get(token);
    if (known) {
      if (known.expiresAt > rules.now()) return ok(known);
      verified.delete(token);
      return expired();
    }
    const checked = await verify(token);
    if (!checked.ok) return checked;
    if (verified.size >= cacheLimit) {
      const oldest = verified.keys().next();
      if (!oldest.done) verified.delete(oldest.value);
    }
    verified.set(token, checked.value);
    return checked;
  };

  async function verify(token: string): Promise<Result<Principal, Refusal>> {
    try {
      const { payload } = await jwtVerify(token, rules.keys, {
        issuer: rules.issuer,
        audience: rules.audience,
        algorithms: [
          'RS256',
          'RS384',
          'RS512',
          'PS256',
          'PS384',
          'PS512',
          'ES256',
          'ES384',
          'ES512',
          'EdDSA',
        ],
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(rules.now()),
      });
      return principalOf(payload, rules.tenantClaim);
    } catch (error) {
      if (error instanceof errors.JWTExpired) return expired();
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
        return refuse(
          'ISSUER_UNAVAILABLE',
          `Expected the signing keys of ${rules.issuer}, but they could not be read`,
        );
      }
      return refuse('TOKEN_INVALID', 'Expected an access token issued for this product, but it is not one', {
        reason: error.code,
      });
    }
  }
}

function principalOf(payload: JWTPayload, tenantClaim: string): Result<Principal, Refusal> {
  const claim = payload[tenantClaim];
  // Keycloak maps multi-valued attributes to arrays and organisations to objects keyed by alias.
  const named = Array.isArray(claim)
    ? claim
    : typeof claim === 'object' && claim
      ? Object.keys(claim)
      : [claim];
  const [tenantId] = named;
  if (named.length !== 1 || typeof tenantId !== 'string' || tenantId === '') {
    return failed({
      code: 'TOKEN_INVALID',
      message: `Expected an access token with one tenant in the claim '${tenantClaim}', but it has ${named.length > 1 ? named.length : 'none'}`,
    });
  }
  const username = text(payload.preferred_username) ?? payload.sub!;
  const granted = (payload.realm_access as { roles?: unknown } | undefined)?.roles;
  const sessionId = text(payload.sid);
  const email = text(payload.email);
  return ok({
    // Service accounts are named so; nobody else can be.
    kind: username.startsWith(serviceAccount) ? 'service' : 'user',
    userId: payload.sub!,
    username,
    name: text(payload.name) ?? username,
    ...(email === undefined ? {} : { email }),
    tenantId,
    roles: Array.isArray(granted) ? granted.filter((role) => typeof role === 'string').filter(isRole) : [],
    ...(sessionId === undefined ? {} : { sessionId }),
    issuedAt: (payload.iat ?? 0) * 1000,
    expiresAt: payload.exp! * 1000,
  });
}

function text(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}
