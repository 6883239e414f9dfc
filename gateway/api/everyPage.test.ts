import { failed, ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { everyPage } from './everyPage.ts';

const all = Array.from({ length: 450 }, (_, n) => n);

it('reads a list to its end', async () => {
  const asked: number[] = [];
  const read = await everyPage(async ({ limit, offset }) => {
    asked.push(offset);
    const items = all.slice(offset, offset + limit);
    return ok({ items, has_more: offset + items.length < all.length });
  });
  expect(read).toEqual(ok(all));
  expect(asked).toEqual([0, 200, 400]);
});

it('ends with what shrank meanwhile, and with the first failure', async () => {
  expect(await everyPage(async () => ok({ items: [], has_more: true }))).toEqual(ok([]));
  const failure = { code: 'UNREACHABLE', message: 'away' };
  expect(await everyPage(async () => failed(failure))).toEqual(failed(failure));
});
