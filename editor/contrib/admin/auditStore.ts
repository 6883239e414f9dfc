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

/** What was there of a stretch of time when it was read. */
interface Stretch {
  query: AuditQuery;
  total: number;
  /** By number of the page. */
  pages: ReadonlyMap<number, readonly AuditEntryView[]>;
}
type AuditQuery = ReturnType<typeof auditQuery> & { to?: string };

export interface AuditState {
  filter: AuditFilter;
  /** Written since the list was read, newest first. */
  fresh: readonly AuditEntryView[];
  /** The same, but held back while one looks further down: nothing moves under the pointer. */
  held: readonly AuditEntryView[];
  /** The newest first; a search for a text has one for each part of the audit it has looked through. */
  stretches: readonly Stretch[];
  /** How many there were in all; `undefined` until read. */
  total: number | undefined;
  /** Entries before this moment are not looked through yet; `undefined` when all are. */
  lookedBackTo: string | undefined;
  lookingBack: boolean;
  failure: Failure | undefined;
  selected: AuditEntryView | undefined;
}

export interface Audit extends Readable<AuditState>, Disposable {
  shown(): void;
  read(): Promise<void>;
  search(filter: AuditFilter): void;
  /** Reads the pages in which these rows are. */
  need(first: number, last: number): void;
  /** Looks through what is older than `lookedBackTo`, as much as is looked through at once. */
  lookFurtherBack(): Promise<void>;
  /** `true`: what is new waits. */
  hold(on: boolean): void;
  select(entry: AuditEntryView | undefined): void;
  /** Selects one by its id, wherever it is. */
  reveal(id: string): Promise<void>;
}

/** The entry in a row of the list, if it is read. */
export function entryAt({ fresh, stretches }: AuditState, row: number): AuditEntryView | undefined {
  if (row < fresh.length) return fresh[row];
  const { stretch, place } = placeOf(stretches, row - fresh.length);
  return stretches[stretch]?.pages.get(Math.floor(place / pageSize))?.[place % pageSize];
}

/** In which stretch an entry is, and where in it. */
function placeOf(stretches: readonly Stretch[], row: number): { stretch: number; place: number } {
  let place = row;
  for (const [stretch, { total }] of stretches.entries()) {
    if (place < total) return { stretch, place };
    place -= total;
  }
  return { stretch: stretches.length, place };
}

/** The audit as a list that is read where one looks and goes on at its top. */
export function createAuditLog({ api, live, clock, timers, notifications }: Platform): Audit {
  const store = createStore<AuditState>(() => ({
    filter: anything,
    fresh: [],
    held: [],
    stretches: [],
    total: undefined,
    lookedBackTo: undefined,
    lookingBack: false,
    failure: undefined,
    selected: undefined,
  }));
  const { getState, setState } = store;
  let following: Disposable | undefined;
  let reading = 0;
  let holding = false;
  const underWay = new Set<string>();

  async function read() {
    const own = ++reading;
    const { filter } = getState();
    const query = auditQuery(filter, clock.now());
    const answer = await api.call(auditRoutes.list, { query: { ...query, limit: pageSize } });
    if (own !== reading) return;
    if (!answer.ok) return setState({ failure: answer.failure });
    const { items, total, looked_back_to: lookedBackTo } = answer.value;
    const newest = items[0];
    // Pages further down are of the same moment.
    const asked = { ...query, ...(newest && { to: new Date(Date.parse(newest.at) + 1).toISOString() }) };
    underWay.clear();
    setState({
      stretches: [{ query: asked, total, pages: new Map([[0, items]]) }],
      total,
      lookedBackTo,
      lookingBack: false,
      fresh: [],
      held: [],
      failure: undefined,
    });
  }

  async function readPage(stretch: number, page: number) {
    const own = reading;
    const key = `${stretch} ${page}`;
    if (underWay.has(key)) return;
    underWay.add(key);
    const query = { ...getState().stretches[stretch]!.query, limit: pageSize, offset: page * pageSize };
    const answer = await api.call(auditRoutes.list, { query });
    if (own !== reading) return;
    underWay.delete(key);
    if (!answer.ok) return setState({ failure: answer.failure });
    const { items } = answer.value;
    const stretches = getState().stretches.map((each, index) =>
      index === stretch ? { ...each, pages: new Map(each.pages).set(page, items) } : each,
    );
    setState({ stretches });
  }

  async function lookFurtherBack() {
    const { stretches, lookedBackTo, lookingBack } = getState();
    const newest = stretches[0];
    if (!newest || lookedBackTo === undefined || lookingBack) return;
    const own = reading;
    setState({ lookingBack: true, failure: undefined });
    const query = { ...newest.query, to: lookedBackTo };
    const answer = await api.call(auditRoutes.list, { query: { ...query, limit: pageSize } });
    if (own !== reading) return;
    if (!answer.ok) return setState({ failure: answer.failure, lookingBack: false });
    const { items, total, looked_back_to } = answer.value;
    setState({
      stretches: [...getState().stretches, { query, total, pages: new Map([[0, items]]) }],
      total: (getState().total ?? 0) + total,
      lookedBackTo: looked_back_to,
      lookingBack: false,
    });
  }

  function heard(data: unknown) {
    const told = auditEntry.safeParse(data);
    const { filter, fresh, held, stretches, total } = getState();
    if (!told.success || total === undefined || !isWanted(filter, told.data)) return;
    const known = [...fresh, ...held, ...(stretches[0]?.pages.get(0) ?? [])];
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
      const { fresh, stretches, total = 0 } = getState();
      const end = Math.min(last, fresh.length + total - 1);
      for (let row = Math.max(first, fresh.length); row <= end; row++) {
        const { stretch, place } = placeOf(stretches, row - fresh.length);
        const page = Math.floor(place / pageSize);
        if (!stretches[stretch]?.pages.has(page)) void readPage(stretch, page);
      }
    },
    lookFurtherBack,
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
