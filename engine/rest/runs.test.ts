import type { InstanceRow, Run } from '@baton/engine/broker';
import { expect, test } from 'vitest';
import type { RestContext, RestRequest } from './route.ts';
import { searchRuns } from './runs.ts';
import { readSearch } from './search.ts';

const RUNS = 1500;

/** Runs of two things each; the oldest run got a third one last of all. */
const runs = Array.from({ length: RUNS }, (_, index) => {
  const key = 10 * (index + 1);
  const keys = index === 0 ? [key + 1, key + 2, 10 * (RUNS + 1)] : [key + 1, key + 2];
  return { row: { processInstanceKey: key, lastKey: keys.at(-1)! } as InstanceRow, keys };
});
const context = {
  history: {
    caughtUp: async () => {},
    async *runs(matches: (row: InstanceRow) => boolean, first = 'newest') {
      for (const { row, keys } of first === 'newest' ? runs.toReversed() : runs)
        if (matches(row)) yield keys as unknown as Run;
    },
  },
} as unknown as RestContext;

async function search(body: object) {
  const request = { json: () => ({ ok: true, value: body }) } as unknown as RestRequest;
  const read = readSearch(request, ['key', 'odd'], ['key']);
  if (!read.ok) throw new Error('Expected a search.');
  const itemsOf = (run: Run) => (run as unknown as number[]).map((key) => ({ key, odd: key % 2 }));
  const answer = await searchRuns(read.value, context, itemsOf);
  if (!answer.ok) throw new Error('Expected an answer.');
  const { items, page } = (answer.value as unknown as { json: unknown }).json as {
    items: { key: number }[];
    page: { [field: string]: unknown };
  };
  return { keys: items.map(({ key }) => key), page };
}

test('the oldest come first however many runs there are', async () => {
  const { keys, page } = await search({ page: { limit: 3 } });
  expect(keys).toEqual([11, 12, 21]);
  expect(page).toMatchObject({ hasMoreTotalItems: true });
});

test('the newest come first, also those of an old run', async () => {
  const sort = [{ field: 'key', order: 'DESC' }];
  expect((await search({ sort, page: { limit: 3 } })).keys).toEqual([15_010, 15_002, 15_001]);
});

test('pages follow each other to the end', async () => {
  const seen: number[] = [];
  for (let after: unknown; ; ) {
    const { keys, page } = await search({ page: { limit: 1000, ...(after !== undefined && { after }) } });
    seen.push(...keys);
    if (keys.length === 0) break;
    after = page.endCursor;
  }
  expect(seen).toEqual(runs.flatMap(({ keys }) => keys).sort((a, b) => a - b));
});

test('what is sorted by another field is looked for in all runs', async () => {
  const sort = [{ field: 'odd', order: 'DESC' }];
  const { keys, page } = await search({ sort, page: { from: 1499, limit: 2 } });
  expect(keys).toEqual([15_001, 12]);
  expect(page).toMatchObject({ totalItems: 3001, hasMoreTotalItems: false });
});
