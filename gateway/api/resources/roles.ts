import { z } from 'zod';
import { instant } from '../common.ts';
import { permissions } from '../permissions.ts';
import { route } from '../route.ts';

export const roleName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'Expected a role of lower-case letters, digits and -');
const roleParams = z.object({ name: roleName });
const permission = z.enum(permissions);
/** `http.request`, `github.*`, `*`: a tool, or all whose names begin so. */
export const toolPattern = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9_.-]*\*?$/, 'Expected the name of a tool, or its beginning with * at the end')
  .min(1);
export const toolPatterns = z.array(toolPattern).max(200);
const content = z.object({
  description: z.string().max(500).default(''),
  permissions: z
    .array(permission)
    .max(permissions.length)
    .refine((listed) => new Set(listed).size === listed.length, 'Expected each permission once'),
  /** Tools its members see and call over MCP, if they have `tools:run`; all without it. */
  tools: toolPatterns.exactOptional(),
});

export const role = content.extend({
  name: z.string(),
  /** Built-in roles are the same in every tenant and cannot be changed. */
  builtIn: z.boolean(),
  hash: z.string(),
  changedAt: instant.optional(),
  changedBy: z.string().optional(),
});
export type RoleView = z.infer<typeof role>;

export const roleRoutes = {
  listRoles: route({
    method: 'GET',
    path: '/roles',
    summary: 'Built-in roles, then the tenant’s own, with what they permit',
    permission: 'roles:read',
    response: z.object({ items: z.array(role) }),
    status: 200,
    errors: [],
  }),
  createRole: route({
    method: 'POST',
    path: '/roles',
    summary: 'Make a role of permissions one holds',
    permission: 'roles:write',
    body: content.extend({ name: roleName }),
    response: role,
    status: 201,
    errors: ['ALREADY_EXISTS', 'INVALID_STATE'],
    etag: true,
  }),
  getRole: route({
    method: 'GET',
    path: '/roles/:name',
    summary: 'One role',
    permission: 'roles:read',
    params: roleParams,
    response: role,
    status: 200,
    errors: ['NOT_FOUND'],
    etag: true,
  }),
  updateRole: route({
    method: 'PUT',
    path: '/roles/:name',
    summary: 'Change one of the tenant’s own roles; in force on its members’ next requests',
    permission: 'roles:write',
    params: roleParams,
    body: content,
    response: role,
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'VERSION_CONFLICT', 'IF_MATCH_REQUIRED', 'ISSUER_UNAVAILABLE'],
    etag: true,
  }),
  deleteRole: route({
    method: 'DELETE',
    path: '/roles/:name',
    summary: 'Delete one of the tenant’s own roles, which nobody has any more',
    permission: 'roles:write',
    params: roleParams,
    status: 204,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'IN_USE'],
  }),
};
