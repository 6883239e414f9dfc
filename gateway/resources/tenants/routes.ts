import { ok, type Result } from '@baton/engine/protocol';
import { jsonHash, type Tenant } from '@baton/infra/store';
import { platformTenant } from '../../access/roles.ts';
import type { TenantView, tenantRoutes, tenantsRoutes } from '../../api/index.ts';
import { actorOf } from '../../audit/names.ts';
import type { Refusal } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { InvitationService } from '../invitations/service.ts';
import { type ExportedTenant, notSuspended, type TenantService } from './service.ts';

/** For those who run the installation. */
export function tenantsHandlers(
  tenants: TenantService,
  invitations: InvitationService,
  origin: string,
): HandlersOf<typeof tenantsRoutes> {
  return {
    async listTenants({ query }) {
      const { items, total } = await tenants.list(query);
      return ok(listAnswer(items.map(view), total, query));
    },
    async createTenant({ principal, body: { id, name, owner }, audit }) {
      const created = await tenants.create(id, name);
      if (!created.ok) return created;
      const made = view(created.value);
      audit.after = jsonHash(made);
      if (!owner) return ok(made);
      const { invitation, token } = await invitations.createForFirstOwner(id, principal, owner.email);
      const link = `${origin}/invitations/${token}`;
      return ok({ ...made, invitation: { link, expiresAt: invitation.expiresAt } });
    },
    getTenant: async ({ params }) => viewed(await tenants.get(params.id)),
    renameTenant: async ({ params, body }) => viewed(await tenants.rename(params.id, body.name)),
    suspendTenant: async ({ params, body }) => viewed(await tenants.suspend(params.id, body.reason)),
    resumeTenant: async ({ params }) => viewed(await tenants.resume(params.id)),
    async exportTenant({ params }) {
      const found = await tenants.get(params.id);
      if (!found.ok) return found;
      // What is inside is seen only on its way out.
      if (found.value.status !== 'suspended') return notSuspended(params.id);
      return exported(await tenants.export(params.id));
    },
    deleteTenant: ({ params, ifMatch = '' }) => tenants.delete(params.id, ifMatch),
  };
}

/** For the tenant's own people. */
export function tenantHandlers(tenants: TenantService): HandlersOf<typeof tenantRoutes> {
  return {
    getOwnTenant: async ({ tenantId }) => viewed(await tenants.get(tenantId)),
    renameOwnTenant: async ({ tenantId, body }) => viewed(await tenants.rename(tenantId, body.name)),
    exportOwnTenant: async ({ tenantId }) => exported(await tenants.export(tenantId)),
    async deleteOwnTenant({ tenantId, principal, ifMatch = '', audit }) {
      const deleted = await tenants.deleteOwn(tenantId, ifMatch);
      if (!deleted.ok) return deleted;
      // Its own audit is gone with it: that it is gone is the installation's to know.
      audit.tenantId = platformTenant;
      audit.resource = { kind: 'tenants', id: tenantId };
      audit.actor = actorOf(principal);
      return ok();
    },
  };
}

const viewed = (found: Result<Tenant, Refusal>): Result<TenantView, Refusal> =>
  found.ok ? ok(view(found.value)) : found;

const view = ({ id, name, status, statusReason, createdAt, changedAt }: Tenant): TenantView => ({
  id,
  name,
  status,
  ...(statusReason !== undefined && { statusReason }),
  createdAt: createdAt.toISOString(),
  changedAt: changedAt.toISOString(),
});

function exported(found: Result<ExportedTenant, Refusal>) {
  if (!found.ok) return found;
  const { tenant, exportedAt, hash, collections } = found.value;
  return ok({
    format: 'baton-tenant/1' as const,
    tenant: view(tenant),
    exportedAt: exportedAt.toISOString(),
    hash,
    collections,
  });
}
