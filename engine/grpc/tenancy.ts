import { DEFAULT_TENANT } from '@baton/engine/protocol';
import { invalidArgument, type Status } from './status.ts';

interface TenantNames {
  tenantId?: string;
  tenantIds?: string[];
  request?: { tenantId?: string } | null;
}

/** Why a request that names a tenant cannot be taken while there is the default tenant only. */
export function foreignTenant(rpc: string, request: unknown): Status | undefined {
  const { tenantId, tenantIds = [], request: creation } = request as TenantNames;
  const named = [tenantId, creation?.tenantId, ...tenantIds].find(
    (tenant) => tenant !== undefined && tenant !== '' && tenant !== DEFAULT_TENANT,
  );
  if (named === undefined) return undefined;
  return invalidArgument(
    `Expected to handle gRPC request ${rpc} with tenant identifier '${named}', but multi-tenancy is disabled`,
  );
}
