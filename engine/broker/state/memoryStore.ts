import { OrderedMap } from './orderedMap.ts';
import type { RangeOptions, Store, Table, TableKey } from './store.ts';
import { checkKey } from './tableKey.ts';
import { UndoList } from './undoList.ts';

class MemoryTable<K extends TableKey, V> implements Table<K, V> {
  private readonly entries = new OrderedMap<K, V>();
  private readonly name: string;
  private readonly undoList: UndoList;

  constructor(name: string, undoList: UndoList) {
    this.name = name;
    this.undoList = undoList;
  }

  get(key: K): V | undefined {
    return this.entries.get(key);
  }

  has(key: K): boolean {
    return this.entries.get(key) !== undefined;
  }

  put(key: K, value: V): void {
    checkKey(this.name, key);
    if (this.undoList.recording) this.undoList.remember(this, key, this.entries.get(key));
    this.entries.set(key, value);
  }

  delete(key: K): void {
    if (this.undoList.recording) this.undoList.remember(this, key, this.entries.get(key));
    this.entries.delete(key);
  }

  undo(key: unknown, previous: unknown): void {
    if (previous === undefined) this.entries.delete(key as K);
    else this.entries.set(key as K, previous as V);
  }

  *range(options: RangeOptions<K> = {}): Iterable<{ key: K; value: V }> {
    let last: K | undefined;
    for (let left = options.limit ?? Number.POSITIVE_INFINITY; left > 0; left--) {
      const pair = this.entries.next(options, last);
      if (!pair) return;
      last = pair[0];
      yield { key: pair[0], value: pair[1] };
    }
  }
}

/** State that lives as long as the process. */
export function createMemoryStore(): Store {
  const tables = new Map<string, MemoryTable<TableKey, unknown>>();
  const undoList = new UndoList();
  let durablePosition = -1;
  return {
    table<K extends TableKey, V>(name: string): Table<K, V> {
      let table = tables.get(name);
      if (!table) {
        table = new MemoryTable(name, undoList);
        tables.set(name, table);
      }
      return table as unknown as Table<K, V>;
    },
    atomically: (change) => undoList.run(change),
    get durablePosition() {
      return durablePosition;
    },
    async checkpoint(position, logDurable) {
      await logDurable;
      durablePosition = position;
    },
    async close() {},
  };
}
