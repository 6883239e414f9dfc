import type { Store, Table } from '../../state/store.ts';

/** What every projected thing has: whose it is and where it stands. */
export interface Indexed {
  tenantId: string;
  state: string;
}

export interface TableSearch<Facets> {
  /** Undefined = of all tenants. */
  tenantId?: string | undefined;
  /** Undefined = in all states. */
  states?: readonly string[] | undefined;
  matches?: ((facets: Facets & { key: number }) => boolean) | undefined;
  /** By key, which is the order of creation. */
  newestFirst: boolean;
  from: number;
  limit: number;
}

export interface SearchFound<Row> {
  items: Row[];
  total: number;
}

type IndexKey = readonly [tenantId: string, state: string, key: number];

/**
 * Rows by key, and an index by tenant and state that carries the facets a search may ask for, so that a search reads only
 * the rows it returns.
 */
export class IndexedTable<Row extends Indexed, Facets extends object> {
  private readonly rows: Table<number, Row>;
  private readonly index: Table<IndexKey, Facets>;
  private readonly tenants: Table<string, readonly string[]>;
  private readonly name: string;
  private readonly facetsOf: (row: Row) => Facets;

  constructor(store: Store, name: string, facetsOf: (row: Row) => Facets) {
    this.name = name;
    this.facetsOf = facetsOf;
    this.rows = store.table(name);
    this.index = store.table(`${name}ByState`);
    this.tenants = store.table('tenants');
  }

  get(key: number): Row | undefined {
    return this.rows.get(key);
  }

  put(key: number, row: Row): void {
    const before = this.rows.get(key);
    if (before && before.state !== row.state) this.index.delete([before.tenantId, before.state, key]);
    this.rows.put(key, row);
    this.index.put([row.tenantId, row.state, key], this.facetsOf(row));
    this.rememberState(row);
  }

  /** For a change of nothing that a search asks for. */
  putUnindexed(key: number, row: Row): void {
    this.rows.put(key, row);
  }

  search({ tenantId, states, matches, newestFirst, from, limit }: TableSearch<Facets>): SearchFound<Row> {
    const keys: number[] = [];
    for (const tenant of tenantId === undefined ? this.allTenants() : [tenantId]) {
      for (const state of this.statesOf(tenant)) {
        if (states && !states.includes(state)) continue;
        const range = { start: [tenant, state, 0], end: [tenant, state, Number.MAX_SAFE_INTEGER] } as const;
        for (const { key, value } of this.index.range(range)) {
          if (!matches || matches({ ...value, key: key[2] })) keys.push(key[2]);
        }
      }
    }
    keys.sort(newestFirst ? (a, b) => b - a : (a, b) => a - b);
    return {
      items: keys.slice(from, from + limit).map((key) => this.rows.get(key)!),
      total: keys.length,
    };
  }

  /** The states ever seen of a tenant's things: the ranges a search has to look through. */
  private statesOf(tenantId: string): readonly string[] {
    return this.tenants.get(`${this.name} ${tenantId}`) ?? [];
  }

  private allTenants(): readonly string[] {
    return this.tenants.get(this.name) ?? [];
  }

  private rememberState({ tenantId, state }: Row): void {
    const states = this.statesOf(tenantId);
    if (states.includes(state)) return;
    this.tenants.put(`${this.name} ${tenantId}`, [...states, state]);
    if (states.length === 0) this.tenants.put(this.name, [...this.allTenants(), tenantId]);
  }
}
