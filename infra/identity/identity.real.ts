import {
  createAdminApi,
  createKeycloakDirectory,
  createPasswordSignIn,
  identitySuite,
  startGateway,
  userDirectorySuite,
} from '@baton/gateway/test/identity';
import { afterAll, describe, expect, it } from 'vitest';
import { keycloakMissing, startRealKeycloak } from '../real/keycloak.ts';

/** As the realm file has it. */
const admin = { clientId: 'baton-gateway', clientSecret: 'baton-gateway-development' };
const clock = {
  now: Date.now,
  after(delay: number, call: () => void) {
    const timer = setTimeout(call, delay);
    return () => clearTimeout(timer);
  },
};

const missing = keycloakMissing(process.env);
if (missing) console.log(`skipped: identity with a real Keycloak: ${missing}`);
const keycloak = missing ? undefined : await startRealKeycloak(process.env);
afterAll(() => keycloak?.stop());

describe.skipIf(!keycloak)('a real Keycloak', () => {
  const issuer = keycloak?.issuer ?? '';

  userDirectorySuite('Keycloak', async () => {
    const passwordSignIn = createPasswordSignIn({ issuer, ...admin, fetch });
    return {
      directory: createKeycloakDirectory(createAdminApi({ issuer, ...admin, fetch, clock })),
      signsIn: async (username, password) => (await passwordSignIn.signIn(username, password)).ok,
      close: async () => {},
    };
  });

  identitySuite('Keycloak', async () => {
    const running = await startGateway({
      issuer: {
        kind: 'external',
        issuer,
        clientId: 'baton-editor',
        audience: 'baton-api',
        tenantClaim: 'tenant',
        admin,
      },
    });
    for (const [id, name] of [
      ['acme', 'Acme'],
      ['globex', 'Globex'],
    ] as const)
      await running.store.tenants.create({ id, name, at: new Date(0) });
    return { running, issuer, origin: 'http://127.0.0.1:3000', close: running.stop };
  });

  it('imports the realm without a warning of its own', () => {
    // What it marks for removal in itself, and the refused sign-ins of this very suite.
    const known = /Deprecated features|\[org\.keycloak\.events\]/;
    expect(keycloak!.warnings().filter((line) => !known.test(line))).toEqual([]);
  });
});
