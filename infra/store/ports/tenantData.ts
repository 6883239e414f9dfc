/** Everything of a tenant, without what is secret. */
export interface TenantData {
  /** Documents by collection, as stored. */
  collections: { [name: string]: unknown[] };
  /** sha-256 of what the tenant made, hex; the audit and the tenant's own state are not part of it. */
  hash: string;
}

/** Over every collection there is, those of future models included. */
export interface TenantDataStore {
  read(tenantId: string): Promise<TenantData>;
  /** Removes all of it, the tenant last. Answers how many documents went, by collection. */
  erase(tenantId: string): Promise<{ [collection: string]: number }>;
}
