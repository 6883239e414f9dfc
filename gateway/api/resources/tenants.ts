import { z } from 'zod';
import { instant, listOf, page } from '../common.ts';
import { route } from '../route.ts';
import { email } from './users.ts';

/** A DNS label, no longer than the engine's tenants. */
export const tenantId = z
  .string()
  .regex(
    /^[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?$/,
    'Expected a name of at most 31 lower-case letters, digits and -, beginning with a letter',
  );
const tenantName = z.string().trim().min(1).max(100);
export const tenantParams = z.object({ id: tenantId });

export const tenant = z.object({
  id: z.string(),
  name: z.string(),
  /** Nobody gets into a suspended tenant; what it has is kept. */
  status: z.enum(['active', 'suspended']),
  statusReason: z.string().optional(),
  createdAt: instant,
  changedAt: instant,
});
export type TenantView = z.infer<typeof tenant>;

/** Everything of a tenant but secrets, as it is stored. */
export const tenantExport = z.object({
  format: z.literal('baton-tenant/1'),
  tenant,
  exportedAt: instant,
  /** Of what the tenant made; whoever deletes the tenant proves with it that they have this. */
  hash: z.string(),
  collections: z.record(z.string(), z.array(z.unknown())),
});

/** Of those who run the installation: tenants from outside. */
export const tenantsRoutes = {
  listTenants: route({
    method: 'GET',
    path: '/tenants',
    summary: 'Tenants of the installation, by id',
    permission: 'tenants:read',
    query: page,
    response: listOf(tenant),
    status: 200,
    errors: [],
  }),
  createTenant: route({
    method: 'POST',
    path: '/tenants',
    summary: 'Make a tenant; its processes run at once',
    permission: 'tenants:write',
    body: z.object({
      id: tenantId,
      name: tenantName,
      /** Who is to own it: answered with the link of an invitation, shown this once. */
      owner: z.object({ email }).optional(),
    }),
    response: tenant.extend({ invitation: z.object({ link: z.string(), expiresAt: instant }).optional() }),
    status: 201,
    errors: ['ALREADY_EXISTS'],
    secret: true,
  }),
  getTenant: route({
    method: 'GET',
    path: '/tenants/:id',
    summary: 'One tenant',
    permission: 'tenants:read',
    params: tenantParams,
    response: tenant,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  renameTenant: route({
    method: 'PATCH',
    path: '/tenants/:id',
    summary: 'Give a tenant another name; its id stays',
    permission: 'tenants:write',
    params: tenantParams,
    body: z.object({ name: tenantName }),
    response: tenant,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  suspendTenant: route({
    method: 'POST',
    path: '/tenants/:id/suspend',
    summary: 'Let nobody in: people, keys, open connections and workers end at once; runs wait',
    permission: 'tenants:write',
    params: tenantParams,
    body: z.object({ reason: z.string().trim().max(500).default('') }),
    response: tenant,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  resumeTenant: route({
    method: 'POST',
    path: '/tenants/:id/resume',
    summary: 'Let everybody in again; runs go on',
    permission: 'tenants:write',
    params: tenantParams,
    response: tenant,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  exportTenant: route({
    method: 'GET',
    path: '/tenants/:id/export',
    summary: 'Everything of a suspended tenant but secrets, to be handed over before it is deleted',
    permission: 'tenants:delete',
    params: tenantParams,
    response: tenantExport,
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE'],
    etag: true,
  }),
  deleteTenant: route({
    method: 'DELETE',
    path: '/tenants/:id',
    summary: 'Delete a suspended tenant and all it has; If-Match names the hash of its export',
    permission: 'tenants:delete',
    params: tenantParams,
    status: 204,
    errors: [
      'NOT_FOUND',
      'INVALID_STATE',
      'VERSION_CONFLICT',
      'IF_MATCH_REQUIRED',
      'ENGINE_UNAVAILABLE',
      'ISSUER_UNAVAILABLE',
    ],
  }),
};

/** Of a tenant's own people. */
export const tenantRoutes = {
  getOwnTenant: route({
    method: 'GET',
    path: '/tenant',
    summary: 'One’s own tenant',
    permission: 'tenant:read',
    response: tenant,
    status: 200,
    errors: [],
  }),
  renameOwnTenant: route({
    method: 'PATCH',
    path: '/tenant',
    summary: 'Give one’s own tenant another name',
    permission: 'tenant:write',
    body: z.object({ name: tenantName }),
    response: tenant,
    status: 200,
    errors: [],
  }),
  exportOwnTenant: route({
    method: 'GET',
    path: '/tenant/export',
    summary: 'Everything the tenant has but secrets',
    permission: 'tenant:delete',
    response: tenantExport,
    status: 200,
    errors: [],
    etag: true,
  }),
  deleteOwnTenant: route({
    method: 'DELETE',
    path: '/tenant',
    summary: 'Delete one’s own tenant and all it has; If-Match names the hash of its export',
    permission: 'tenant:delete',
    status: 204,
    errors: ['VERSION_CONFLICT', 'IF_MATCH_REQUIRED', 'ENGINE_UNAVAILABLE', 'ISSUER_UNAVAILABLE'],
  }),
};
