import type { Store, Table } from '../../state/store.ts';

/** What every projected thing has: whose it is and where it stands. */
export interface Indexed {
  tenantId: string;
  state: string;
}

/** An index entry as a search looks at it. */
export type Found<Facets> = Facets & Indexed & { key: number };

export interface TableSearch<Facets> {
  /** Undefined = of all tenants. */
  tenantId?: string | undefined;
  /** Undefined = in all states. */
  states?: readonly string[] | undefined;
  /** For all that tenant and state leave, when given: the whole range is looked at then. */
  matches?: ((facets: Found<Facets>) => boolean) | undefined;
  /** By key, which is the order of creation. */
  newestFirst: boolean;
  /** Another order, when given: everything found is put in order then. */
  compare?: ((a: Found<Facets>, b: Found<Facets>) => number) | undefined;
  from: number;
  limit: number;
}

export interface SearchFound<Row> {
  items: Row[];
  total: number;
}

/** Index entries looked at in one turn of the event loop. */
const SLICE = 500;

type IndexKey = readonly [tenantId: string, state: string, key: number];

/**
 * Rows by key, and an index by tenant and state that carries the facets a search may ask for, so that a search reads only
 * the rows it returns.
 */
export class IndexedTable<Row extends Indexed, Facets extends object> {
  private readonly rows: Table<number, Row>;
  private readonly index: Table<IndexKey, Facets>;
  /** How many there are, by table, tenant and state. */
  private readonly counts: Table<readonly string[], number>;
  private readonly name: string;
  private readonly facetsOf: (row: Row) => Facets;

  constructor(store: Store, name: string, facetsOf: (row: Row) => Facets) {
    this.name = name;
    this.facetsOf = facetsOf;
    this.rows = store.table(name);
    this.index = store.table(`${name}ByState`);
    this.counts = store.table('counts');
  }

  get(key: number): Row | undefined {
    return this.rows.get(key);
  }

  /** The rows whose keys are not above `key`, newest first, a slice at a time. */
  async *downFrom(key: number): AsyncIterable<Row> {
    for (let start = key; ; ) {
      let seen = 0;
      for (const entry of this.rows.range({ start: 0, end: start + 1, reverse: true, limit: SLICE })) {
        seen++;
        start = entry.key - 1;
        yield entry.value;
      }
      if (seen < SLICE) return;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /** All rows, oldest first, a slice at a time. */
  async *upwards(): AsyncIterable<Row> {
    for (let start = 0; ; ) {
      let seen = 0;
      for (const entry of this.rows.range({ start, limit: SLICE })) {
        seen++;
        start = entry.key + 1;
        yield entry.value;
      }
      if (seen < SLICE) return;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  put(key: number, row: Row): void {
    const before = this.rows.get(key);
    if (before?.state !== row.state) {
      if (before) {
        this.index.delete([before.tenantId, before.state, key]);
        this.count(before, -1);
      }
      this.count(row, 1);
    }
    this.rows.put(key, row);
    this.index.put([row.tenantId, row.state, key], this.facetsOf(row));
  }

  /** For a change of nothing that a search asks for. */
  putUnindexed(key: number, row: Row): void {
    this.rows.put(key, row);
  }

  async search(search: TableSearch<Facets>): Promise<SearchFound<Row>> {
    const { matches, newestFirst, compare, from, limit } = search;
    if (compare) return this.searchInOrder(search, compare);
    const keys: number[] = [];
    let total = 0;
    for (const [tenantId, state, count] of this.ranges(search)) {
      if (matches) {
        for await (const { key } of this.scan(tenantId, state, matches)) keys.push(key);
      } else {
        total += count;
        const ends = { ...boundsOf(tenantId, state), reverse: newestFirst, limit: from + limit };
        for (const { key } of this.index.range(ends)) keys.push(key[2]);
      }
    }
    keys.sort(newestFirst ? (a, b) => b - a : (a, b) => a - b);
    return {
      items: keys.slice(from, from + limit).map((key) => this.rows.get(key)!),
      total: matches ? keys.length : total,
    };
  }

  private async searchInOrder(
    search: TableSearch<Facets>,
    compare: (a: Found<Facets>, b: Found<Facets>) => number,
  ): Promise<SearchFound<Row>> {
    const found: Found<Facets>[] = [];
    for (const [tenantId, state] of this.ranges(search)) {
      for await (const one of this.scan(tenantId, state, search.matches ?? (() => true))) found.push(one);
    }
    found.sort((a, b) => compare(a, b) || a.key - b.key);
    const page = found.slice(search.from, search.from + search.limit);
    return { items: page.map(({ key }) => this.rows.get(key)!), total: found.length };
  }

  /** Looks at a whole range, in slices, so that the broker goes on in between. */
  private async *scan(
    tenantId: string,
    state: string,
    matches: (facets: Found<Facets>) => boolean,
  ): AsyncIterable<Found<Facets>> {
    let { start, end } = boundsOf(tenantId, state);
    for (;;) {
      let seen = 0;
      for (const { key, value } of this.index.range({ start, end, limit: SLICE })) {
        seen++;
        start = [tenantId, state, key[2] + 1];
        const found = { ...value, key: key[2], tenantId, state };
        if (matches(found)) yield found;
      }
      if (seen < SLICE) return;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  private *ranges({ tenantId, states }: TableSearch<Facets>): Iterable<[string, string, number]> {
    for (const { key, value } of this.counts.range({ start: [this.name], end: [`${this.name} `] })) {
      const [, tenant, state] = key as readonly [string, string, string];
      if (tenantId !== undefined && tenant !== tenantId) continue;
      if (states && !states.includes(state)) continue;
      yield [tenant, state, value];
    }
  }

  private count({ tenantId, state }: Row, change: number): void {
    const key = [this.name, tenantId, state] as const;
    this.counts.put(key, (this.counts.get(key) ?? 0) + change);
  }
}

function boundsOf(tenantId: string, state: string): { start: IndexKey; end: IndexKey } {
  return { start: [tenantId, state, 0], end: [tenantId, state, Number.MAX_SAFE_INTEGER] };
}
