import { ok } from '@baton/engine/protocol';
import type { VerifyToken } from '../auth/verifyToken.ts';
import { refuse } from '../refusal.ts';
import type { Stage } from './exchange.ts';

const bearer = /^Bearer ([\w.~+/-]+=*)$/i;

/** RFC 6750 §3: which scheme is expected, on every 401. */
const challenge = { 'WWW-Authenticate': 'Bearer' };

/** Who asks; public rows ask nobody. */
export function authenticate(verify: VerifyToken): Stage {
  return async (exchange) => {
    if (exchange.row.permission === 'public') return ok();
    const header = exchange.request.get('authorization');
    if (!header) {
      return refuse(
        'UNAUTHENTICATED',
        'Expected an access token in the header Authorization, but there is none',
        undefined,
        challenge,
      );
    }
    const token = bearer.exec(header)?.[1];
    if (!token) {
      return refuse(
        'TOKEN_INVALID',
        'Expected the header Authorization to read "Bearer <token>", but it does not',
        undefined,
        challenge,
      );
    }
    const principal = await verify(token);
    if (!principal.ok) {
      return { ok: false, failure: { ...principal.failure, headers: challenge } };
    }
    exchange.principal = principal.value;
    return ok();
  };
}
