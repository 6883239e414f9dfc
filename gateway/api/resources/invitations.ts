import { z } from 'zod';
import { idParams, instant, listOf, page } from '../common.ts';
import { route } from '../route.ts';
import { email, password, personName, roleNames, username } from './users.ts';

export const invitation = z.object({
  id: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  status: z.enum(['open', 'expired', 'accepted', 'revoked']),
  expiresAt: instant,
  createdAt: instant,
  createdBy: z.string(),
  /** User name of who accepted. */
  acceptedBy: z.string().optional(),
});
export type InvitationView = z.infer<typeof invitation>;

/** The secret of a link. */
const token = z.string().regex(/^[\w-]{43}$/, 'Expected the last part of an invitation’s link');

export const invitationRoutes = {
  list: route({
    method: 'GET',
    path: '/invitations',
    summary: 'Invitations of the tenant, newest first',
    permission: 'users:read',
    query: page,
    response: listOf(invitation),
    status: 200,
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/invitations',
    quota: { takes: ['users'] },
    summary: 'Invite somebody, whose place is kept; the link is shown this once and good for one user',
    permission: 'users:write',
    body: z.object({
      email,
      roles: roleNames.min(1),
      /** Hours the link is good for. */
      hours: z
        .number()
        .int()
        .min(1)
        .max(30 * 24)
        .default(72),
    }),
    response: invitation.extend({ link: z.string() }),
    status: 201,
    errors: [],
    secret: true,
  }),
  get: route({
    method: 'GET',
    path: '/invitations/:id',
    summary: 'One invitation, without its link',
    permission: 'users:read',
    params: idParams,
    response: invitation,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  revoke: route({
    method: 'DELETE',
    path: '/invitations/:id',
    quota: { returns: 'users' },
    summary: 'Take an open invitation back; its link is worth nothing any more',
    permission: 'users:write',
    params: idParams,
    status: 204,
    errors: ['NOT_FOUND', 'INVALID_STATE'],
  }),
  look: route({
    method: 'POST',
    path: '/invitations/look',
    summary: 'What the bearer of a link is invited to',
    permission: 'public',
    body: z.object({ token }),
    response: z.object({
      tenant: z.object({ id: z.string(), name: z.string() }),
      email: z.string(),
      roles: z.array(z.string()),
      expiresAt: instant,
    }),
    status: 200,
    errors: ['NOT_FOUND', 'INVITATION_ENDED', 'TENANT_SUSPENDED'],
    question: true,
  }),
  accept: route({
    method: 'POST',
    path: '/invitations/accept',
    summary: 'Become a user by a link, which then is used up',
    permission: 'public',
    body: z.object({ token, username, name: personName, password }),
    response: z.object({ username: z.string(), tenant: z.object({ id: z.string(), name: z.string() }) }),
    status: 201,
    errors: ['NOT_FOUND', 'INVITATION_ENDED', 'ALREADY_EXISTS', 'TENANT_SUSPENDED', 'ISSUER_UNAVAILABLE'],
    secret: true,
  }),
};
