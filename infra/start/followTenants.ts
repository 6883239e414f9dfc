import type { Notices } from '@baton/infra/coordination';
import type { TenantStore } from '@baton/infra/store';

/** Ends what was begun for a tenant; `grace` is what is under way given to end by itself, ms. */
export type EndOfTenant = (grace: number) => Promise<void>;

export interface FollowedTenants {
  close(grace: number): Promise<void>;
}

export interface FollowOptions {
  tenants: TenantStore;
  notices: Notices;
  /** Begins what an active tenant needs here: its examples, its job workers. */
  begin(tenantId: string): Promise<EndOfTenant>;
  failed(error: unknown): void;
}

/**
 * Begins and ends what runs here for each tenant, as tenants are made, suspended, let in again and deleted on any gateway.
 * Resolves when all that are active now have begun.
 */
export async function followTenants({
  tenants,
  notices,
  begin,
  failed,
}: FollowOptions): Promise<FollowedTenants> {
  const running = new Map<string, EndOfTenant>();
  let closed = false;
  let work: Promise<void> = Promise.resolve();

  async function compare(): Promise<void> {
    const active = new Set(
      (await tenants.all()).filter(({ status }) => status === 'active').map(({ id }) => id),
    );
    for (const [id, end] of running) {
      if (active.has(id)) continue;
      running.delete(id);
      // Nobody waits for what a suspended tenant has under way: it is aborted, and its jobs are given back by the engine.
      await end(0);
    }
    for (const id of active) {
      if (closed || running.has(id)) continue;
      // The others do not wait for one that cannot begin; it is tried again with the next change.
      await begin(id).then((end) => running.set(id, end), failed);
    }
  }

  function compareNext(): Promise<void> {
    const compared = work.then(() => (closed ? undefined : compare()));
    work = compared.catch(failed);
    return compared;
  }

  const changed = () => void compareNext().catch(() => {});
  const stopHearing = notices.subscribe(({ kind }) => {
    if (kind === 'tenant') changed();
  }, changed);
  await compareNext();

  return {
    async close(grace) {
      closed = true;
      stopHearing();
      await work;
      await Promise.all([...running.values()].map((end) => end(grace)));
    },
  };
}
