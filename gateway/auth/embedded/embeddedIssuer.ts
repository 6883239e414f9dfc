import type { DocumentStore } from '@baton/infra/store';
import express, { type RequestHandler, type Router } from 'express';
import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import type { PasswordSignIn } from '../passwordSignIn.ts';
import type { UserDirectory } from '../userDirectory.ts';
import { expiringAdapter } from './adapter.ts';
import { developmentServices } from './developmentServices.ts';
import { createEmbeddedDirectory } from './embeddedDirectory.ts';
import { createEmbeddedPasswordSignIn } from './embeddedPasswordSignIn.ts';
import { issuerKeys } from './keys.ts';
import { createEmbeddedProvider, type EmbeddedProviderOptions, everyToken } from './provider.ts';
import { gatewayClient, realmPath } from './realm.ts';
import { type SignInOptions, signInRoutes } from './signIn.ts';
import type { SignInAttempts } from './signInAttempts.ts';
import { signInEnds } from './signInEnds.ts';

export interface EmbeddedIssuer {
  issuer: string;
  keys: JWTVerifyGetKey;
  /** To be mounted at the root. */
  router: Router;
  directory: UserDirectory;
  passwordSignIn: PasswordSignIn;
}

export interface EmbeddedIssuerOptions {
  origin: string;
  editorOrigins: readonly string[];
  store: DocumentStore;
  /** Offers the development users on the page, and lets the development services in. */
  offerDevelopmentUsers: boolean;
  attempts: SignInAttempts;
  signedIn: SignInOptions['signedIn'];
  signedOut: EmbeddedProviderOptions['signedOut'];
  now(): number;
  randomBytes(size: number): Uint8Array;
}

export async function createEmbeddedIssuer(options: EmbeddedIssuerOptions): Promise<EmbeddedIssuer> {
  const { origin, editorOrigins, store, now } = options;
  const issuer = origin + realmPath;
  // Nobody asks with it: the gateway's tokens are made in this process.
  const gatewaySecret = Buffer.from(options.randomBytes(32)).toString('hex');
  const keys = await issuerKeys(store.settings, options.randomBytes);
  const provider = createEmbeddedProvider({
    origin,
    editorOrigins,
    store,
    keys,
    gatewaySecret,
    signedOut: options.signedOut,
    services: options.offerDevelopmentUsers ? developmentServices : [],
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
      attempts: options.attempts,
      offerDevelopmentUsers: options.offerDevelopmentUsers,
      signedIn: options.signedIn,
    }),
  );
  router.use(realmPath, provider.callback());
  return {
    issuer,
    keys: createLocalJWKSet({ keys: keys.signing.map(publicPart) }),
    router,
    directory: createEmbeddedDirectory({
      store,
      signIns: signInEnds(provider, store.expiring),
      randomBytes: options.randomBytes,
    }),
    passwordSignIn: createEmbeddedPasswordSignIn({
      provider,
      identity: store.identity,
      clientId: gatewayClient,
      ...everyToken,
    }),
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
