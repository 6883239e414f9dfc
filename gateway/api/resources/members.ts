import { z } from 'zod';
import { instant, listOf, page } from '../common.ts';
import { route } from '../route.ts';
import { roleName } from './roles.ts';

/** `sub` of tokens; other issuers than ours write them as they like. */
const memberParams = z.object({ id: z.string().min(1).max(255) });

export const member = z.object({
  /** The user's id. */
  id: z.string(),
  username: z.string(),
  name: z.string(),
  /** Built-in ones and the tenant's own. */
  roles: z.array(z.string()),
  /** When and by whom roles were last set here; absent when they are those of the sign-in. */
  changedAt: instant.optional(),
  changedBy: z.string().optional(),
});
export type MemberView = z.infer<typeof member>;

export const memberRoutes = {
  listMembers: route({
    method: 'GET',
    path: '/members',
    summary: 'Who belongs to the tenant, by user name',
    permission: 'users:read',
    query: page.extend({ role: roleName.optional() }),
    response: listOf(member),
    status: 200,
    errors: [],
  }),
  getMember: route({
    method: 'GET',
    path: '/members/:id',
    summary: 'One member',
    permission: 'users:read',
    params: memberParams,
    response: member,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  setMemberRoles: route({
    method: 'PATCH',
    path: '/members/:id',
    summary: 'Set a member’s roles; in force on the next request. Nobody gives or takes more than they hold',
    permission: 'users:write',
    params: memberParams,
    body: z.object({ roles: z.array(roleName).max(50) }),
    response: member,
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ISSUER_UNAVAILABLE'],
  }),
  removeMember: route({
    method: 'DELETE',
    path: '/members/:id',
    quota: { returns: 'users' },
    summary: 'Remove a member: all their access ends at once',
    permission: 'users:write',
    params: memberParams,
    status: 204,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ISSUER_UNAVAILABLE'],
  }),
};
