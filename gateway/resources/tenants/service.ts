import type { EngineClient } from '@baton/engine/client';
import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { Page, PageRequest, Tenant, TenantData, TenantDataStore, TenantStore } from '@baton/infra/store';
import type { Logger } from 'pino';
import { platformTenant } from '../../access/roles.ts';
import type { UserDirectory } from '../../auth/userDirectory.ts';
import type { Clock } from '../../dependencies.ts';
import { type Refusal, refuse, refusedByEngine } from '../../refusal.ts';

export interface TenantServiceOptions {
  tenants: TenantStore;
  data: TenantDataStore;
  /** Of an issuer whose users can be deleted from here. */
  directory: UserDirectory | undefined;
  engine: EngineClient;
  notices: Notices;
  clock: Clock;
  log: Logger;
}

export interface ExportedTenant extends TenantData {
  tenant: Tenant;
  exportedAt: Date;
}

export interface TenantService {
  list(page: PageRequest): Promise<Page<Tenant>>;
  get(id: string): Promise<Result<Tenant, Refusal>>;
  create(id: string, name: string): Promise<Result<Tenant, Refusal>>;
  rename(id: string, name: string): Promise<Result<Tenant, Refusal>>;
  /** Nobody gets in from the moment this resolves, on any gateway. */
  suspend(id: string, reason: string): Promise<Result<Tenant, Refusal>>;
  resume(id: string): Promise<Result<Tenant, Refusal>>;
  export(id: string): Promise<Result<ExportedTenant, Refusal>>;
  /**
   * Deletes a suspended tenant: its running instances, its people and all that is stored.
   * @param exportHash of an export that has everything there is now
   */
  delete(id: string, exportHash: string): Promise<Result<void, Refusal>>;
  /** As its owner: suspends it, then deletes it. */
  deleteOwn(id: string, exportHash: string): Promise<Result<void, Refusal>>;
}

/** Names in addresses that mean something else. */
const reserved = new Set([
  platformTenant,
  'www',
  'api',
  'app',
  'auth',
  'default',
  'docs',
  'health',
  'login',
  'ws',
]);
/** Instances ended, and users deleted, at once. */
const batch = 100;
/** ms after which what was still under way at the deletion has written its last, which then goes too. */
const sweepAfter = 60_000;

export function createTenantService(options: TenantServiceOptions): TenantService {
  const { tenants, data, directory, engine, notices, clock, log } = options;
  const missing = (id: string) => refuse('NOT_FOUND', `Expected a tenant '${id}', but there is none`);

  async function get(id: string): Promise<Result<Tenant, Refusal>> {
    const found = await tenants.get(id);
    return found ? ok(found) : missing(id);
  }

  async function change(
    id: string,
    changes: Parameters<TenantStore['update']>[1],
  ): Promise<Result<Tenant, Refusal>> {
    const changed = await tenants.update(id, changes, new Date(clock.now()));
    if (!changed) return missing(id);
    await notices.publish({ kind: 'tenant', tenantId: id });
    return ok(changed);
  }

  async function cancelRuns(tenantId: string): Promise<Result<void, Refusal>> {
    const active: string[] = [];
    for (let from = 0; ; from += batch) {
      const found = await engine.queries.instances(tenantId, { state: 'ACTIVE' }, { from, limit: batch });
      if (!found.ok) return refusedByEngine(found.failure);
      active.push(...found.value.items.map(({ processInstanceKey }) => processInstanceKey));
      if (found.value.items.length < batch) break;
    }
    for (const key of active) {
      const cancelled = await engine.commands.cancelInstance(key);
      if (!cancelled.ok && cancelled.failure.code !== 'NOT_FOUND') return refusedByEngine(cancelled.failure);
    }
    return ok();
  }

  async function deleteUsers(tenantId: string): Promise<Result<void, Refusal>> {
    for (;;) {
      const found = await directory?.list(tenantId, { limit: batch, offset: 0 });
      if (!found) return ok();
      if (!found.ok) return refuse(found.failure.code, found.failure.message);
      if (found.value.items.length === 0) return ok();
      for (const { id } of found.value.items) {
        const deleted = await directory!.delete(tenantId, id);
        if (!deleted.ok && deleted.failure.code !== 'NOT_FOUND') {
          return refuse(deleted.failure.code, deleted.failure.message);
        }
      }
    }
  }

  async function hasAll(id: string, exportHash: string): Promise<Result<void, Refusal>> {
    const { hash } = await data.read(id);
    if (hash === exportHash) return ok();
    return refuse(
      'VERSION_CONFLICT',
      'Expected the hash of an export that has everything, but the tenant has changed since; export it again',
    );
  }

  async function sweep(id: string): Promise<void> {
    try {
      if (!(await tenants.get(id))) await data.erase(id);
    } catch (err) {
      log.warn({ err, tenantId: id }, 'what a deleted tenant wrote last could not be erased');
    }
  }

  async function erase(id: string, exportHash: string): Promise<Result<void, Refusal>> {
    const known = await hasAll(id, exportHash);
    if (!known.ok) return known;
    for (const step of [cancelRuns, deleteUsers]) {
      const done = await step(id);
      if (!done.ok) return done;
    }
    await data.erase(id);
    await notices.publish({ kind: 'tenant', tenantId: id });
    clock.after(sweepAfter, () => void sweep(id));
    return ok();
  }

  return {
    list: tenants.list,
    get,
    async create(id, name) {
      const created = reserved.has(id)
        ? undefined
        : await tenants.create({ id, name, at: new Date(clock.now()) });
      if (!created?.ok) {
        return refuse('ALREADY_EXISTS', `Expected a new id for the tenant, but '${id}' is taken`, { id });
      }
      await notices.publish({ kind: 'tenant', tenantId: id });
      return ok(created.value);
    },
    rename: (id, name) => change(id, { name }),
    suspend: (id, statusReason) => change(id, { status: 'suspended', statusReason }),
    resume: (id) => change(id, { status: 'active' }),
    async export(id) {
      const tenant = await get(id);
      if (!tenant.ok) return tenant;
      return ok({ tenant: tenant.value, exportedAt: new Date(clock.now()), ...(await data.read(id)) });
    },
    async delete(id, exportHash) {
      const tenant = await get(id);
      if (!tenant.ok) return tenant;
      if (tenant.value.status !== 'suspended') return notSuspended(id);
      return erase(id, exportHash);
    },
    async deleteOwn(id, exportHash) {
      // Nobody is shut out for a wrong hash; what changes between here and there is found by the second look.
      const known = await hasAll(id, exportHash);
      if (!known.ok) return known;
      const suspended = await change(id, { status: 'suspended', statusReason: 'it is being deleted' });
      if (!suspended.ok) return suspended;
      const erased = await erase(id, exportHash);
      if (!erased.ok) await change(id, { status: 'active' });
      return erased;
    },
  };
}

export const notSuspended = (id: string) =>
  refuse('INVALID_STATE', `Expected a suspended tenant, but '${id}' is active; suspend it first`);
