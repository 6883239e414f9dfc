import type { InstanceRow, Run } from '@baton/engine/broker';
import type { Result } from '@baton/engine/protocol';
import type { Problem } from './problem.ts';
import type { RestAnswer, RestContext } from './route.ts';
import { pageOf, type Search } from './search.ts';

/** Process instances that one search reads: more are told of by `hasMoreTotalItems`. */
const MAX_RUNS = 1000;

/** What a search says of the process instances that it is about, by the name of the field. */
const ofInstance: { [field: string]: (row: InstanceRow) => string } = {
  processInstanceKey: ({ processInstanceKey }) => String(processInstanceKey),
  processDefinitionKey: ({ processDefinitionKey }) => String(processDefinitionKey),
  processDefinitionId: ({ bpmnProcessId }) => bpmnProcessId,
  tenantId: ({ tenantId }) => tenantId,
};

/**
 * Searches what is part of process instances (elements, variables, jobs). History keeps no rows of these: the runs that may
 * hold some are read, newest first.
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
  const found: T[] = [];
  let more = false;
  const take = (run: Run) => {
    for (const item of itemsOf(run)) {
      if (filter.matches(item as { [field: string]: unknown })) found.push(item);
    }
  };
  if (key !== undefined) {
    if (Number.isSafeInteger(Number(key))) take(history.run(Number(key)));
  } else {
    const conditions = Object.entries(ofInstance).flatMap(([field, ofRow]) => {
      const values = filter.among(field);
      return values ? [(row: InstanceRow) => values.includes(ofRow(row))] : [];
    });
    let read = 0;
    for await (const run of history.runs((row) => conditions.every((holds) => holds(row)))) {
      if (++read > MAX_RUNS) {
        more = true;
        break;
      }
      take(run);
    }
  }
  return pageOf(found.sort(byKey), search, more);
}

/** Keys are given out in order: the lowest is the oldest. The first key of an item is its own. */
function byKey(a: object, b: object): number {
  return Number(Object.values(a)[0]) - Number(Object.values(b)[0]);
}
