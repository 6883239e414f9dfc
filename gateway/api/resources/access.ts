import { z } from 'zod';
import { permissions } from '../permissions.ts';
import { route } from '../route.ts';

/** One thing that was looked at, in the order of a request. */
const reason = z.object({
  rule: z.enum(['tenant', 'member', 'role', 'scope']),
  /** `silent`: neither lets in nor keeps out. */
  says: z.enum(['allows', 'denies', 'silent']),
  /** In words. */
  because: z.string(),
  /** Line of the access policy: role, tenant (`*` = every one), resource, action. */
  policy: z.array(z.string()).optional(),
});
export type AccessReason = z.infer<typeof reason>;

export const explanation = z.object({
  allowed: z.boolean(),
  permission: z.enum(permissions),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  reasons: z.array(reason),
});
export type Explanation = z.infer<typeof explanation>;

const question = z.object({ permission: z.enum(permissions) });

export const accessRoutes = {
  why: route({
    method: 'GET',
    path: '/access/why',
    summary: 'Whether a member may do something, and which rules say so',
    permission: 'roles:read',
    query: question.extend({ user: z.string().min(1).max(255) }),
    response: explanation,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  whyMe: route({
    method: 'GET',
    path: '/access/mine',
    summary: 'Whether one may do something oneself, and which rules say so',
    permission: 'signedIn',
    query: question,
    response: explanation,
    status: 200,
    errors: [],
  }),
};
