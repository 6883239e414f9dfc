import { ok, type Result } from '@baton/engine/protocol';

/** As many as a list answers at once. */
const limit = 200;

interface ListPage<T> {
  items: readonly T[];
  has_more: boolean;
}

/** A list to its end, page after page; the first failure ends it. */
export async function everyPage<T, F>(
  read: (page: { limit: number; offset: number }) => Promise<Result<ListPage<T>, F>>,
): Promise<Result<readonly T[], F>> {
  const items: T[] = [];
  for (;;) {
    const answer = await read({ limit, offset: items.length });
    if (!answer.ok) return answer;
    items.push(...answer.value.items);
    if (!answer.value.has_more || answer.value.items.length === 0) return ok(items);
  }
}
