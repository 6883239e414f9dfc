import { z } from 'zod';
import { idParams, listOf, page } from '../common.ts';
import { route } from '../route.ts';

/** Lower case, as every issuer compares them; names of service accounts are nobody's. */
export const username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@+-]{1,62}$/, 'Expected a name of lower-case letters, digits and . _ @ + -')
  .refine((name) => !name.startsWith('service-account-'), 'Expected a name that is not that of a service');
export const personName = z.string().trim().min(1).max(100);
export const email = z.email().max(200);
/** How long and how good it must be is told by the service, which knows whose it is. */
export const password = z.string().min(1).max(1000);
export const roleNames = z.array(z.string().min(1).max(64)).max(20);

export const user = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  email: z.string(),
  /** Built-in ones and the tenant's own. */
  roles: z.array(z.string()),
  /** A user who is not cannot sign in. */
  enabled: z.boolean(),
});
export type UserView = z.infer<typeof user>;

export const userRoutes = {
  list: route({
    method: 'GET',
    path: '/users',
    summary: 'People of the tenant, by user name',
    permission: 'users:read',
    query: page,
    response: listOf(user),
    status: 200,
    errors: ['ISSUER_UNAVAILABLE'],
  }),
  create: route({
    method: 'POST',
    path: '/users',
    quota: { takes: ['users'] },
    summary: 'Make a user. Nobody gives a role that can do more than they can',
    permission: 'users:write',
    body: z.object({ username, name: personName, email, password, roles: roleNames }),
    response: user,
    status: 201,
    errors: ['ALREADY_EXISTS', 'ISSUER_UNAVAILABLE'],
  }),
  get: route({
    method: 'GET',
    path: '/users/:id',
    summary: 'One user',
    permission: 'users:read',
    params: idParams,
    response: user,
    status: 200,
    errors: ['NOT_FOUND', 'ISSUER_UNAVAILABLE'],
  }),
  update: route({
    method: 'PATCH',
    path: '/users/:id',
    summary: 'Change name or e-mail address; a disabled user is out at once, on every connection',
    permission: 'users:write',
    params: idParams,
    body: z.object({
      name: personName.optional(),
      email: email.optional(),
      enabled: z.boolean().optional(),
    }),
    response: user,
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ISSUER_UNAVAILABLE'],
  }),
  setRoles: route({
    method: 'PUT',
    path: '/users/:id/roles',
    summary: 'Give exactly these roles; in force on the next request',
    permission: 'users:write',
    params: idParams,
    body: z.object({ roles: roleNames }),
    response: user,
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ISSUER_UNAVAILABLE'],
  }),
  setPassword: route({
    method: 'PUT',
    path: '/users/:id/password',
    summary: 'Set a password; every session of the user ends',
    permission: 'users:write',
    params: idParams,
    body: z.object({ password }),
    status: 204,
    errors: ['NOT_FOUND', 'ISSUER_UNAVAILABLE'],
    secret: true,
  }),
  delete: route({
    method: 'DELETE',
    path: '/users/:id',
    quota: { returns: 'users' },
    summary: 'Delete a user, who is out at once',
    permission: 'users:write',
    params: idParams,
    status: 204,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ISSUER_UNAVAILABLE'],
  }),
};
