import type { DocumentStore } from '@baton/infra/store';
import { importJWK, type JWK, SignJWT } from 'jose';
import type { Role } from '../access/roles.ts';

/** Signs access tokens with the embedded issuer's own key, as it would for such a user. */
export async function tokenMaker(store: DocumentStore, issuer: string) {
  const { signing } = (await store.settings.get('embedded-issuer-keys')) as { signing: JWK[] };
  const key = await importJWK(signing[0]!, 'RS256');
  return (
    claims: { tenant?: unknown; roles?: Role[] } & { [claim: string]: unknown },
    options: { issuedAt?: number; expiresAt?: number; audience?: string; issuer?: string } = {},
  ) => {
    const { roles = ['admin'], ...rest } = claims;
    return new SignJWT({
      tenant: 'acme',
      preferred_username: roles[0] ?? 'nobody',
      realm_access: { roles },
      ...rest,
    })
      .setProtectedHeader({ alg: 'RS256', kid: signing[0]!.kid! })
      .setSubject(typeof claims.sub === 'string' ? claims.sub : 'somebody')
      .setIssuer(options.issuer ?? issuer)
      .setAudience(options.audience ?? 'baton-api')
      .setIssuedAt(Math.floor((options.issuedAt ?? Date.now()) / 1000))
      .setExpirationTime(Math.floor((options.expiresAt ?? Date.now() + 300_000) / 1000))
      .sign(key);
  };
}
