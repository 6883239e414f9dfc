import { ok, type Result } from '@baton/engine/protocol';
import type { Request } from 'express';
import type { Principal } from '../auth/principal.ts';
import type { VerifyToken } from '../auth/verifyToken.ts';
import type { VerifyKey } from '../keys/verifyKey.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Stage } from './exchange.ts';

const bearer = /^Bearer ([\w.~+/-]+=*)$/i;

/** RFC 6750 §3: which scheme is expected, on every 401. */
const challenge = { 'WWW-Authenticate': 'Bearer' };

/** Who asks, by access token or by key; public rows ask nobody. */
export function authenticate(verifyToken: VerifyToken, verifyKey: VerifyKey): Stage {
  return async (exchange) => {
    if (exchange.row.permission === 'public') return ok();
    const principal = await principalOf(exchange.request, verifyToken, verifyKey);
    if (!principal.ok) {
      return refuse(
        principal.failure.code,
        principal.failure.message,
        principal.failure.details,
        principal.failure.code === 'CREDENTIALS_AMBIGUOUS' ? undefined : challenge,
      );
    }
    exchange.principal = principal.value;
    return ok();
  };
}

async function principalOf(
  request: Request,
  verifyToken: VerifyToken,
  verifyKey: VerifyKey,
): Promise<Result<Principal, Refusal>> {
  const header = request.get('authorization');
  const key = request.get('x-api-key');
  if (header && key) {
    // RFC 6750 §2: not more than one method. Whichever won, the other would be there by mistake.
    return refuse(
      'CREDENTIALS_AMBIGUOUS',
      'Expected either the header Authorization or X-API-KEY, but there are both',
    );
  }
  if (key) return verifyKey(key);
  if (!header) {
    return refuse(
      'UNAUTHENTICATED',
      'Expected an access token in the header Authorization, or a key in X-API-KEY, but there is none',
    );
  }
  const token = bearer.exec(header)?.[1];
  if (!token) {
    return refuse(
      'TOKEN_INVALID',
      'Expected the header Authorization to read "Bearer <token>", but it does not',
    );
  }
  return verifyToken(token);
}
