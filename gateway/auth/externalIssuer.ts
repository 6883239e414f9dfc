import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';

/**
 * Signing keys of a real issuer (Keycloak …): its discovery document is read when the first token comes, so the
 * gateway starts while the issuer is still starting; a failed read is tried again with the next token.
 */
export function externalIssuerKeys(issuer: string, fetchDocument: typeof fetch): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    keys ??= discover(issuer, fetchDocument);
    const read = keys;
    try {
      return await (await read)(header, token);
    } catch (error) {
      const discovered = await read.then(
        () => true,
        () => false,
      );
      if (!discovered && keys === read) keys = undefined;
      throw error;
    }
  };
}

async function discover(issuer: string, fetchDocument: typeof fetch): Promise<JWTVerifyGetKey> {
  const address = `${issuer}/.well-known/openid-configuration`;
  const answer = await fetchDocument(address);
  if (!answer.ok)
    throw new Error(`Expected the issuer's configuration at ${address}, but got status ${answer.status}`);
  const { jwks_uri } = (await answer.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(jwks_uri), { [customFetch]: fetchDocument });
}
