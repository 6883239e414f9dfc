import { z } from 'zod';
import { permissions } from '../permissions.ts';
import { route } from '../route.ts';

export const configuration = z.object({
  issuer: z.string(),
  clientId: z.string(),
  engine: z.enum(['embedded', 'zeebe']),
  version: z.string(),
  /** Sign-in names with development passwords; only the embedded issuer lists them. */
  developmentUsers: z.array(
    z.object({ username: z.string(), tenant: z.string(), roles: z.array(z.string()) }),
  ),
});
export type Configuration = z.infer<typeof configuration>;

export const me = z.object({
  user: z.object({ id: z.string(), username: z.string(), name: z.string(), initials: z.string() }),
  tenant: z.object({ id: z.string(), name: z.string() }),
  roles: z.array(z.string()),
  permissions: z.array(z.enum(permissions)),
});
export type Me = z.infer<typeof me>;

/** As OAuth names them (RFC 6749 §5.1). */
export const tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Seconds the access token lives. */
  expires_in: z.number().int(),
});

export const sessionRoutes = {
  configuration: route({
    method: 'GET',
    path: '/configuration',
    summary: 'What a client needs to know before sign-in',
    permission: 'public',
    response: configuration,
    status: 200,
    errors: [],
  }),
  me: route({
    method: 'GET',
    path: '/me',
    summary: 'The signed-in user, tenant, roles and permissions',
    permission: 'signedIn',
    response: me,
    status: 200,
    errors: [],
  }),
  login: route({
    method: 'POST',
    path: '/login',
    summary: 'Tokens for a name and a password, for programs; people sign in at the issuer',
    permission: 'public',
    body: z.object({ username: z.string().min(1).max(200), password: z.string().min(1).max(1000) }),
    response: tokens,
    status: 200,
    errors: ['CREDENTIALS_INVALID', 'SIGN_IN_PAUSED', 'ISSUER_UNAVAILABLE'],
    secret: true,
  }),
  renew: route({
    method: 'POST',
    path: '/login/renewal',
    summary: 'New tokens for the refresh token of a login, which then is used up',
    permission: 'public',
    body: z.object({ refresh_token: z.string().min(1).max(8000) }),
    response: tokens,
    status: 200,
    errors: ['REFRESH_TOKEN_INVALID', 'ISSUER_UNAVAILABLE'],
    secret: true,
  }),
  logout: route({
    method: 'POST',
    path: '/logout',
    summary: 'End the session of the access token, or all of the user: at once, on every gateway',
    permission: 'signedIn',
    body: z.object({ everywhere: z.boolean().default(false) }),
    status: 204,
    errors: ['INVALID_STATE', 'ISSUER_UNAVAILABLE'],
  }),
};
