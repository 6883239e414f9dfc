import { DEFAULT_TENANT, type JsonObject, type Result } from '@baton/engine/protocol';
import { invalidArgument, type Problem } from './problem.ts';

/** The requests that name a tenant, as their refusals call them. */
const names: { [route: string]: string } = {
  'POST /v2/process-instances': 'Create Process Instance',
  'POST /v2/messages/publication': 'Publish Message',
  'POST /v2/messages/correlation': 'Correlate Message',
  'POST /v2/signals/broadcast': 'Broadcast Signal',
  'POST /v2/jobs/activation': 'Activate Jobs',
  'POST /v2/decision-definitions/evaluation': 'Evaluate Decision',
  'POST /v2/conditionals/evaluation': 'Evaluate Conditional',
};

/** Why a request that names a tenant cannot be taken while there is the default tenant only. */
export function foreignTenant(route: string, json: () => Result<JsonObject, Problem>): Problem | undefined {
  const name = names[route];
  if (name === undefined) return undefined;
  const body = json();
  if (!body.ok) return undefined;
  const { tenantId, tenantIds } = body.value;
  return foreignTenantOf(name, [tenantId, ...(Array.isArray(tenantIds) ? tenantIds : [])], false);
}

/** The same, for a request whose tenants are known: the first of them that is not the default one. */
export function foreignTenantOf(
  name: string,
  tenants: readonly unknown[],
  multiTenancy: boolean,
): Problem | undefined {
  if (multiTenancy) return undefined;
  const named = tenants.find(
    (tenant) => typeof tenant === 'string' && tenant !== '' && tenant !== DEFAULT_TENANT,
  );
  if (named === undefined) return undefined;
  return invalidArgument(
    `Expected to handle request ${name} with tenant identifier '${named}', but multi-tenancy is disabled`,
  );
}
