/** Numbers by name: what the platform gives a tenant, and what the tenant sets for itself. */
export interface LimitLayers {
  granted: { readonly [name: string]: number };
  own: { readonly [name: string]: number };
}

/** How much of what a tenant may use, and from where. */
export interface LimitSettings {
  rates: LimitLayers;
  quotas: LimitLayers;
  /** Addresses and networks; an empty list of those allowed allows all. */
  allow: readonly string[];
  deny: readonly string[];
}

export interface LimitChanges {
  rates?: Partial<LimitLayers>;
  quotas?: Partial<LimitLayers>;
  allow?: readonly string[];
  deny?: readonly string[];
}

/** Whoever changes them publishes a `Notice` of kind `limits`. */
export interface LimitStore {
  /** Nothing set, where there is no document. */
  get(tenantId: string): Promise<LimitSettings>;
  /** What is given replaces what was there; the rest stays. */
  change(tenantId: string, changes: LimitChanges): Promise<LimitSettings>;
}
