import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Store, TableKey } from './store.ts';
import { compareKeys } from './tableKey.ts';

/** What every store does, whatever it is made of. `open` gives an empty one; `reopen` closes it and opens it again. */
export function storeSuite(name: string, open: () => Store, reopen?: (store: Store) => Promise<Store>): void {
  describe(name, () => {
    const opened: Store[] = [];
    const fresh = () => {
      const store = open();
      opened.push(store);
      return store;
    };
    afterAll(async () => {
      for (const store of opened) await store.close();
    });
    const keys = <K extends TableKey>(entries: Iterable<{ key: K }>) => [...entries].map(({ key }) => key);

    it('reads what was written, at once', () => {
      const table = fresh().table<number, { name: string }>('things');
      table.put(1, { name: 'one' });
      table.put(1, { name: 'uno' });
      table.put(2, { name: 'two' });
      table.delete(2);
      expect([table.get(1), table.has(1), table.get(2), table.has(2), table.get(3)]).toEqual([
        { name: 'uno' },
        true,
        undefined,
        false,
        undefined,
      ]);
    });

    it('keeps tables apart', () => {
      const store = fresh();
      store.table<number, string>('a').put(1, 'a');
      expect(store.table<number, string>('b').get(1)).toBeUndefined();
      expect(store.table<number, string>('a').get(1)).toBe('a');
    });

    it('gives ranges in key order, from start up to but without end, both ways', () => {
      const table = fresh().table<readonly (number | string)[], number>('things');
      const sorted = [
        [1, -5],
        [1, 2.5],
        [1, 10],
        [1, 'a'],
        [1, 'aa'],
        [1, 'b'],
        [2, 0],
        [2, 0, 'x'],
        ['1', 0],
      ];
      for (const [index, key] of [...sorted.entries()].reverse()) table.put(key, index);

      expect(keys(table.range())).toEqual(sorted);
      expect(keys(table.range({ reverse: true }))).toEqual([...sorted].reverse());
      expect(keys(table.range({ start: [1, 10], end: [2, 0] }))).toEqual(sorted.slice(2, 6));
      expect(keys(table.range({ start: [1, 10], end: [2, 0], reverse: true }))).toEqual(
        sorted.slice(2, 6).reverse(),
      );
      expect(keys(table.range({ start: [2], limit: 1 }))).toEqual([[2, 0]]);
    });

    it.each([[false], [true]])(
      'shows a range the writes made while it is read (some saved before: %s)',
      async (saved) => {
        const store = fresh();
        const table = store.table<number, string>('things');
        for (const key of [1, 2, 3, 4]) table.put(key, 'x');
        if (saved) await store.checkpoint(0);
        table.put(5, 'x');
        const seen: string[] = [];
        for (const { key, value } of table.range()) {
          seen.push(`${key} ${value}`);
          table.delete(key);
          if (key !== 1) continue;
          table.delete(2);
          table.put(2.5, 'new');
          table.put(4, 'changed');
          table.delete(5);
        }
        expect(seen).toEqual(['1 x', '2.5 new', '3 x', '4 changed']);
        expect([...table.range()]).toEqual([]);
      },
    );

    it('undoes everything of a change that throws, and only that', () => {
      const store = fresh();
      const table = store.table<number, string>('things');
      table.put(1, 'one');
      table.put(2, 'two');
      expect(() =>
        store.atomically(() => {
          table.put(1, 'changed');
          table.delete(2);
          table.put(3, 'three');
          store.atomically(() => table.put(4, 'four'));
          expect(() =>
            store.atomically(() => {
              table.put(1, 'inner');
              throw new Error('inner');
            }),
          ).toThrow('inner');
          expect(table.get(1)).toBe('changed');
          throw new Error('outer');
        }),
      ).toThrow('outer');
      expect([...table.range()]).toEqual([
        { key: 1, value: 'one' },
        { key: 2, value: 'two' },
      ]);
      expect(store.atomically(() => table.get(1))).toBe('one');
    });

    it('refuses a key too long to be stored, before anything is written', () => {
      const table = fresh().table<readonly (number | string)[], number>('things');
      table.put(['x'.repeat(1800), 1], 1);
      expect(() => table.put(['ä'.repeat(1000), 1], 1)).toThrow(
        expect.objectContaining({ code: 'STATE_KEY_TOO_LONG' }),
      );
    });

    const part = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(2 ** 51 + 1, 2 ** 51 + 2, 0.5),
      fc.constantFrom('', 'a', 'b', 'ab', '\u{10000}', '\uffff', 'é'),
    );
    const key = fc.array(part, { minLength: 2, maxLength: 3 });
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ do: fc.constant('put' as const), key, value: fc.integer() }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('checkpoint' as const), wait: fc.boolean() }) },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('range' as const),
          start: fc.option(key, { nil: undefined }),
          end: fc.option(key, { nil: undefined }),
          reverse: fc.boolean(),
        }),
      },
    );

    it('agrees with a sorted list, whatever is done in whatever order, checkpoints in between', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
          let store = open();
          let table = store.table<readonly (number | string)[], number>('things');
          let model: { key: readonly (number | string)[]; value: number }[] = [];
          let position = 0;
          const running: Promise<void>[] = [];
          for (const each of steps) {
            if (each.do === 'put' || each.do === 'delete') {
              model = model.filter((entry) => compareKeys(entry.key, each.key) !== 0);
              if (each.do === 'put') {
                table.put(each.key, each.value);
                model.push({ key: each.key, value: each.value });
                model.sort((a, b) => compareKeys(a.key, b.key));
              } else table.delete(each.key);
            } else if (each.do === 'checkpoint') {
              const checkpoint = store.checkpoint(position++);
              if (each.wait) await checkpoint;
              else running.push(checkpoint);
            } else {
              const { start, end, reverse } = each;
              const expected = model.filter(
                (entry) =>
                  (!start || compareKeys(entry.key, start) >= 0) && (!end || compareKeys(entry.key, end) < 0),
              );
              expect([...table.range({ start, end, reverse })]).toEqual(
                reverse ? expected.reverse() : expected,
              );
            }
          }
          for (const entry of model) expect(table.get(entry.key)).toBe(entry.value);
          await Promise.all(running);
          expect([...table.range()]).toEqual(model);
          if (reopen) {
            await store.checkpoint(position);
            store = await reopen(store);
            table = store.table('things');
            expect(store.durablePosition).toBe(position);
            expect([...table.range()]).toEqual(model);
            expect([...table.range({ reverse: true })]).toEqual(model.reverse());
          }
          await store.close();
        }),
        { numRuns: reopen ? 40 : 200 },
      );
    });
  });
}
