/** Audience of access tokens for this API, as a Keycloak client scope would set it. */
export const audience = 'baton-api';
export const editorClient = 'baton-editor';
/** The gateway itself: signs programs in. */
export const gatewayClient = 'baton-gateway';
export const realmPath = '/realms/baton';
