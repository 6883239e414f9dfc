import type { InstanceRow, Run } from '@baton/engine/broker';
import type { Result } from '@baton/engine/protocol';
import type { Problem } from './problem.ts';
import type { RestAnswer, RestContext } from './route.ts';
import { inOrder, type Search, searchAnswer } from './search.ts';

/** Process instances whose items are counted whatever the page; of others only those are read that may be on it. */
const COUNTED_RUNS = 1000;

/** What a search says of the process instances that it is about, by the name of the field. */
const ofInstance: { [field: string]: (row: InstanceRow) => string } = {
  processInstanceKey: ({ processInstanceKey }) => String(processInstanceKey),
  processDefinitionKey: ({ processDefinitionKey }) => String(processDefinitionKey),
  processDefinitionId: ({ bpmnProcessId }) => bpmnProcessId,
  tenantId: ({ tenantId }) => tenantId,
};

/**
 * Searches what is part of process instances (elements, variables, jobs). History keeps no rows of these: the runs that may
 * hold some are read. A page is right however many there are; where not all were counted `hasMoreTotalItems` says so.
 * @param itemsOf the things of one run, oldest first
 */
export async function searchRuns<T extends object>(
  search: Search,
  { history }: RestContext,
  itemsOf: (run: Run) => T[],
): Promise<Result<RestAnswer, Problem>> {
  const { filter } = search;
  await history.caughtUp();
  const key = filter.exact('processInstanceKey');
  const page = createPage<T>(search);
  const take = (run: Run) =>
    page.take(itemsOf(run).filter((item) => filter.matches(item as { [field: string]: unknown })));
  if (key !== undefined) {
    if (Number.isSafeInteger(Number(key))) take(history.run(Number(key)));
    return page.answer();
  }
  const conditions = Object.entries(ofInstance).flatMap(([field, ofRow]) => {
    const values = filter.among(field);
    return values ? [(row: InstanceRow) => values.includes(ofRow(row))] : [];
  });
  const first = search.newestFirst || search.sort.length > 0 ? 'newest' : 'oldest';
  const isAbout = (row: InstanceRow) => conditions.every((holds) => holds(row)) && page.wants(row);
  for await (const run of history.runs(isAbout, first)) take(run);
  return page.answer();
}

/** The best items so far, as many as the page reaches to. */
function createPage<T extends object>(search: Search) {
  const { from, limit, newestFirst, sort } = search;
  const reach = from + limit;
  let runs = 0;
  let total = 0;
  let skipped = false;
  let best: T[] = [];
  /** The key of the last item that is near enough, once there are as many. */
  let edge: number | undefined;

  function trim(): void {
    const ordered = inOrder(best.sort(byKey), search).slice(0, reach);
    edge = ordered.length === reach && reach > 0 ? keyOf(ordered.at(-1)!) : undefined;
    best = ordered;
  }

  return {
    /** Whether something of the run may be on the page, or is to be counted. */
    wants({ processInstanceKey, lastKey }: InstanceRow): boolean {
      if (runs < COUNTED_RUNS || sort.length > 0) return true;
      const far = edge !== undefined && (newestFirst ? lastKey < edge : processInstanceKey > edge);
      if (far || reach === 0) skipped = true;
      return !far && reach > 0;
    },
    take(items: T[]): void {
      runs++;
      total += items.length;
      best.push(...items);
      if (runs >= COUNTED_RUNS || best.length > 2 * reach + COUNTED_RUNS) trim();
    },
    answer(): Result<RestAnswer, Problem> {
      trim();
      return searchAnswer(best.slice(from, reach), total, from, skipped);
    },
  };
}

const keyOf = (item: object) => Number(Object.values(item)[0]);

/** Keys are given out in order: the lowest is the oldest. The first key of an item is its own. */
function byKey(a: object, b: object): number {
  return keyOf(a) - keyOf(b);
}
