import { type AuditEntryView, auditEntry, auditRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AuditFilter, anything, auditQuery, isWanted } from './auditFilter.ts';

/** Entries asked for at once. */
const pageSize = 200;

export interface AuditState {
  filter: AuditFilter;
  /** Written since the list was read, newest first. */
  fresh: readonly AuditEntryView[];
  /** The same, but held back while one looks further down: nothing moves under the pointer. */
  held: readonly AuditEntryView[];
  /** What was there when the list was read, by number of the page. */
  pages: ReadonlyMap<number, readonly AuditEntryView[]>;
  /** How many there were; `undefined` until read. */
  total: number | undefined;
  failure: Failure | undefined;
  selected: AuditEntryView | undefined;
}

export interface Audit extends Readable<AuditState>, Disposable {
  shown(): void;
  read(): Promise<void>;
  search(filter: AuditFilter): void;
  /** Reads the pages in which these rows are. */
  need(first: number, last: number): void;
  /** `true`: what is new waits. */
  hold(on: boolean): void;
  select(entry: AuditEntryView | undefined): void;
  /** Selects one by its id, wherever it is. */
  reveal(id: string): Promise<void>;
}

/** The entry in a row of the list, if it is read. */
export function entryAt({ fresh, pages }: AuditState, row: number): AuditEntryView | undefined {
  if (row < fresh.length) return fresh[row];
  const place = row - fresh.length;
  return pages.get(Math.floor(place / pageSize))?.[place % pageSize];
}

/** The audit as a list that is read where one looks and goes on at its top. */
export function createAuditLog({ api, live, clock, timers, notifications }: Platform): Audit {
  const store = createStore<AuditState>(() => ({
    filter: anything,
    fresh: [],
    held: [],
    pages: new Map(),
    total: undefined,
    failure: undefined,
    selected: undefined,
  }));
  const { getState, setState } = store;
  let following: Disposable | undefined;
  let reading = 0;
  let holding = false;
  /** Query of the list that is shown; pages further down are of the same moment. */
  let asked: ReturnType<typeof auditQuery> & { to?: string } = {};
  const underWay = new Set<number>();

  async function read() {
    const own = ++reading;
    const { filter } = getState();
    const query = auditQuery(filter, clock.now());
    const answer = await api.call(auditRoutes.list, { query: { ...query, limit: pageSize } });
    if (own !== reading) return;
    if (!answer.ok) return setState({ failure: answer.failure });
    const { items, total } = answer.value;
    const newest = items[0];
    asked = { ...query, ...(newest && { to: new Date(Date.parse(newest.at) + 1).toISOString() }) };
    underWay.clear();
    setState({ pages: new Map([[0, items]]), total, fresh: [], held: [], failure: undefined });
  }

  async function readPage(page: number) {
    const own = reading;
    underWay.add(page);
    const query = { ...asked, limit: pageSize, offset: page * pageSize };
    const answer = await api.call(auditRoutes.list, { query });
    if (own !== reading) return;
    underWay.delete(page);
    if (answer.ok) setState({ pages: new Map(getState().pages).set(page, answer.value.items) });
    else setState({ failure: answer.failure });
  }

  function heard(data: unknown) {
    const told = auditEntry.safeParse(data);
    const { filter, fresh, held, pages, total } = getState();
    if (!told.success || total === undefined || !isWanted(filter, told.data)) return;
    const known = [...fresh, ...held, ...(pages.get(0) ?? [])];
    if (known.some(({ id }) => id === told.data.id)) return;
    setState(holding ? { held: [told.data, ...held] } : { fresh: [told.data, ...fresh] });
  }

  const again = coalesced(timers, 150, () => void read());
  return {
    getState,
    subscribe: store.subscribe,
    read,
    shown() {
      if (following) return;
      const topic = live.subscribeTopic('audit', { event: heard, reset: () => again.soon() });
      following = disposeAll(topic, again);
      void read();
    },
    search(filter) {
      setState({ filter });
      again.soon();
    },
    need(first, last) {
      const { fresh, pages, total = 0 } = getState();
      const pageOf = (row: number) => Math.floor(Math.max(0, row - fresh.length) / pageSize);
      for (let page = pageOf(first); page <= pageOf(last); page++) {
        if (page * pageSize < total && !pages.has(page) && !underWay.has(page)) void readPage(page);
      }
    },
    hold(on) {
      holding = on;
      const { fresh, held } = getState();
      if (!on && held.length > 0) setState({ fresh: [...held, ...fresh], held: [] });
    },
    select: (selected) => setState({ selected }),
    async reveal(id) {
      const answer = await api.call(auditRoutes.get, { params: { id } });
      if (answer.ok) setState({ selected: answer.value });
      else notifications.failure(answer.failure);
    },
    dispose: () => following?.dispose(),
  };
}
