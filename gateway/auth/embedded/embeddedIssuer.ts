import type { DocumentStore } from '@baton/infra/store';
import express, { type RequestHandler, type Router } from 'express';
import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import { expiringAdapter } from './adapter.ts';
import { issuerKeys } from './keys.ts';
import { createEmbeddedProvider, realmPath } from './provider.ts';
import { signInRoutes } from './signIn.ts';
import { createSignInAttempts } from './signInAttempts.ts';

export interface EmbeddedIssuer {
  issuer: string;
  keys: JWTVerifyGetKey;
  /** To be mounted at the root. */
  router: Router;
}

export interface EmbeddedIssuerOptions {
  origin: string;
  editorOrigins: readonly string[];
  store: DocumentStore;
  offerDevelopmentUsers: boolean;
  now(): number;
  randomBytes(size: number): Uint8Array;
}

export async function createEmbeddedIssuer(options: EmbeddedIssuerOptions): Promise<EmbeddedIssuer> {
  const { origin, editorOrigins, store, now } = options;
  const keys = await issuerKeys(store.settings, options.randomBytes);
  const provider = createEmbeddedProvider({
    origin,
    editorOrigins,
    store,
    keys,
    adapter: expiringAdapter(store.expiring, now),
  });
  const router = express.Router();
  router.use(realmPath, fromOrigin(origin));
  router.use(
    realmPath,
    signInRoutes({
      provider,
      identity: store.identity,
      tenants: store.tenants,
      attempts: createSignInAttempts(store.expiring, now),
      offerDevelopmentUsers: options.offerDevelopmentUsers,
    }),
  );
  router.use(realmPath, provider.callback());
  return {
    issuer: origin + realmPath,
    keys: createLocalJWKSet({ keys: keys.signing.map(publicPart) }),
    router,
  };
}

/** The provider builds addresses from the request; they must be those of the issuer whatever the client or proxy sent. */
function fromOrigin(origin: string): RequestHandler {
  const { host, protocol } = new URL(origin);
  return (request, _response, next) => {
    request.headers.host = host;
    delete request.headers['x-forwarded-host'];
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    next();
  };
}

function publicPart({ kty, n, e, alg, use, kid }: { [member: string]: unknown }) {
  return { kty, n, e, alg, use, kid } as { kty: string };
}
