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
};
