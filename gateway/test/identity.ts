/** Door `@baton/gateway/test/identity`: what every issuer must do, for the suites against a real one. */
export { type IdentityUnderTest, identitySuite } from '../auth/identity.suite.ts';
export { createAdminApi } from '../auth/keycloak/adminApi.ts';
export { createKeycloakDirectory } from '../auth/keycloak/keycloakDirectory.ts';
export { createPasswordSignIn } from '../auth/passwordSignIn.ts';
export { type DirectoryUnderTest, userDirectorySuite } from '../auth/userDirectory.suite.ts';
export { startGateway } from './startGateway.ts';
