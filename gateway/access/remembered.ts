/** What was read from the store, kept until a notice says that it changed. */
export interface Remembered<T> {
  get(tenantId: string, id: string): Promise<T>;
  /** Without an id, everything of the tenant. A read under way is forgotten too: it may be from before the change. */
  forget(tenantId: string, id?: string): void;
  forgetAll(): void;
}

export interface RememberedOptions<T> {
  load(tenantId: string, id: string): Promise<T>;
  /** epoch ms. */
  now(): number;
}

/** ms after which a thing is read again although no notice came: a bound for a connection that died unnoticed. */
const keptFor = 10_000;
/** Things kept of all tenants together. */
const limit = 50_000;

export function remembered<T>({ load, now }: RememberedOptions<T>): Remembered<T> {
  const tenants = new Map<string, Map<string, { value: Promise<T>; readAt: number }>>();
  let size = 0;

  return {
    get(tenantId, id) {
      const known = tenants.get(tenantId)?.get(id);
      const at = now();
      if (known && at - known.readAt < keptFor) return known.value;
      if (size >= limit) {
        tenants.clear();
        size = 0;
      }
      const ofTenant = tenants.get(tenantId) ?? new Map<string, { value: Promise<T>; readAt: number }>();
      tenants.set(tenantId, ofTenant);
      const entry = { value: load(tenantId, id), readAt: at };
      if (!ofTenant.has(id)) size += 1;
      ofTenant.set(id, entry);
      entry.value.catch(() => {
        if (ofTenant.get(id) === entry && ofTenant.delete(id)) size -= 1;
      });
      return entry.value;
    },
    forget(tenantId, id) {
      const ofTenant = tenants.get(tenantId);
      if (!ofTenant) return;
      if (id !== undefined) {
        if (ofTenant.delete(id)) size -= 1;
        return;
      }
      size -= ofTenant.size;
      tenants.delete(tenantId);
    },
    forgetAll() {
      tenants.clear();
      size = 0;
    },
  };
}
