import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, type RangeOptions as DiskRange, type Key, open, type RootDatabase } from 'lmdb';
import { createEncoding } from '../encoding.ts';
import { BrokerError } from '../errors.ts';
import { OrderedMap } from './orderedMap.ts';
import type { RangeOptions, Store, Table, TableKey } from './store.ts';
import { checkKey, compareKeys } from './tableKey.ts';
import { UndoList } from './undoList.ts';

/** Stands for a value in memory that takes away the one below it. */
const deleted = Symbol('deleted');
type Layer<K extends TableKey, V> = OrderedMap<K, V | typeof deleted>;

/** Values encoded before the event loop gets its turn. */
const ENCODE_SLICE = 500;
/** Decoded values of one table kept from reading, in each of two halves. */
const CACHE_SIZE = 2_000;

const encoding = createEncoding({ sharedShapes: false });

/**
 * State in LMDB behind a write-back layer. Writes go to memory and reach the disk with the next checkpoint; what came and went
 * between two checkpoints never does. While a checkpoint is being written, its entries stay readable as a layer of their
 * own: newest first, each read looks into the fresh layer, the one in flight, and LMDB.
 *
 * @param layout what the tables hold, as a number that grows with every change of it: a folder of another layout is emptied,
 *   because what it holds can be made again from the log
 */
export function openLmdbStore(directory: string, layout: number): Store {
  keepLayout(directory, layout);
  return new LmdbStore(directory);
}

function keepLayout(directory: string, layout: number): void {
  const file = join(directory, 'LAYOUT');
  const found = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (found === `${layout}`) return;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `${layout}`);
}

class LmdbStore implements Store {
  durablePosition: number;
  private readonly root: RootDatabase<Buffer, Key>;
  private readonly meta: Database<Buffer, string>;
  private readonly tables = new Map<string, LmdbTable<TableKey, unknown>>();
  private readonly undoList = new UndoList();
  private writing: Promise<void> | undefined;

  constructor(directory: string) {
    // a commit resolves when it is on disk, not when it is on its way there
    this.root = open({
      path: directory,
      overlappingSync: false,
      // with it a refused transaction also rejects a promise nobody can reach, which ends the process
      eventTurnBatching: false,
      maxDbs: 256,
      encoding: 'binary',
      cache: false,
    });
    this.meta = this.root.openDB({ name: 'meta', encoding: 'binary' });
    const position = this.meta.get('durablePosition');
    this.durablePosition = position ? (encoding.decode(position) as number) : -1;
  }

  table<K extends TableKey, V>(name: string): Table<K, V> {
    let table = this.tables.get(name);
    if (!table) {
      const database = this.root.openDB<Buffer, Key>({ name: `table:${name}`, encoding: 'binary' });
      table = new LmdbTable(name, database, this.undoList);
      this.tables.set(name, table);
    }
    return table as unknown as Table<K, V>;
  }

  atomically<T>(change: () => T): T {
    return this.undoList.run(change);
  }

  async checkpoint(position: number, logDurable?: Promise<void>): Promise<void> {
    while (this.writing) await this.writing;
    const tables = [...this.tables.values()];
    for (const table of tables) table.freeze();
    this.writing = this.write(tables, position, logDurable).finally(() => {
      this.writing = undefined;
    });
    return this.writing;
  }

  private async write(
    tables: LmdbTable<TableKey, unknown>[],
    position: number,
    logDurable: Promise<void> | undefined,
  ): Promise<void> {
    await logDurable;
    const writes: (() => void)[] = [];
    for (const table of tables) {
      for (const write of table.frozenWrites()) {
        writes.push(write);
        if (writes.length % ENCODE_SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    try {
      await this.root.batch(() => {
        for (const write of writes) write();
        this.meta.put('durablePosition', encoding.encode(position));
      });
    } catch (error) {
      // the cause comes by a promise of its own
      (error as { commitError?: Promise<never> }).commitError?.catch(() => {});
      throw new BrokerError(
        'STATE_WRITE_FAILED',
        `Expected to save the state, but: ${(error as Error).message}. Make room or repair the disk, and start the ` +
          'broker again; the log has everything that was acknowledged',
        {},
        error,
      );
    }
    this.root.resetReadTxn();
    for (const table of tables) table.thaw();
    this.durablePosition = position;
  }

  async close(): Promise<void> {
    await this.writing?.catch(() => {});
    await this.root.close();
  }
}

class LmdbTable<K extends TableKey, V> implements Table<K, V> {
  private readonly name: string;
  private readonly database: Database<Buffer, Key>;
  private readonly undoList: UndoList;
  private fresh: Layer<K, V> = new OrderedMap();
  private frozen: Layer<K, V> | undefined;
  /** Last key in LMDB: most new keys are beyond it, and need no look. */
  private lastOnDisk: K | undefined;
  private readonly cache = new ReadCache<V>();

  constructor(name: string, database: Database<Buffer, Key>, undoList: UndoList) {
    this.name = name;
    this.database = database;
    this.undoList = undoList;
    this.findLastOnDisk();
  }

  get(key: K): V | undefined {
    const value = this.fresh.get(key) ?? this.frozen?.get(key);
    if (value !== undefined) return value === deleted ? undefined : value;
    return this.read(key);
  }

  has(key: K): boolean {
    const value = this.fresh.get(key) ?? this.frozen?.get(key);
    if (value !== undefined) return value !== deleted;
    return this.isOnDisk(key);
  }

  put(key: K, value: V): void {
    checkKey(this.name, key);
    this.change(key, value);
  }

  delete(key: K): void {
    const below = this.frozen?.get(key);
    const exists = below === undefined ? this.isOnDisk(key) : below !== deleted;
    this.change(key, exists ? deleted : undefined);
  }

  undo(key: unknown, previous: unknown): void {
    if (previous === undefined) this.fresh.delete(key as K);
    else this.fresh.set(key as K, previous as V | typeof deleted);
  }

  *range(options: RangeOptions<K> = {}): Generator<{ key: K; value: V }> {
    const reverse = options.reverse ?? false;
    const disk = this.diskCursor(options);
    let fromDisk = disk.next();
    let last: K | undefined;
    try {
      for (let left = options.limit ?? Number.POSITIVE_INFINITY; left > 0; ) {
        // the caller may have written since the last entry: what comes next in memory is looked up when it is due
        const fromFresh = this.fresh.next(options, last);
        const fromFrozen = this.frozen?.next(options, last);
        let next: [K, V | typeof deleted] | undefined = fromFresh;
        if (fromFrozen && isBefore(fromFrozen[0], next?.[0], reverse)) next = fromFrozen;
        // of entries with the same key the newest counts
        if (fromDisk && next && compareKeys(fromDisk.key, next[0]) === 0) {
          fromDisk = disk.next();
        } else if (fromDisk && isBefore(fromDisk.key, next?.[0], reverse)) {
          next = [fromDisk.key, fromDisk.value()];
          fromDisk = disk.next();
        }
        if (!next) return;
        last = next[0];
        if (next[1] === deleted) continue;
        left--;
        yield { key: next[0], value: next[1] };
      }
    } finally {
      disk.close();
    }
  }

  /** Begins a new layer; what was written so far waits for the checkpoint. */
  freeze(): void {
    this.frozen = this.fresh;
    this.fresh = new OrderedMap();
  }

  /** The writes of the frozen layer, each encoded when it is asked for. */
  *frozenWrites(): Generator<() => void> {
    const { database } = this;
    for (const [key, value] of this.frozen!.entries()) {
      if (value === deleted) {
        yield () => void database.remove(key as Key);
      } else {
        const bytes = encoding.encode(value);
        yield () => void database.put(key as Key, bytes);
      }
    }
  }

  /** The frozen layer is on disk. */
  thaw(): void {
    this.frozen = undefined;
    this.findLastOnDisk();
  }

  private change(key: K, value: V | typeof deleted | undefined): void {
    if (this.undoList.recording) this.undoList.remember(this, key, this.fresh.get(key));
    this.cache.forget(key);
    if (value === undefined) this.fresh.delete(key);
    else this.fresh.set(key, value);
  }

  private read(key: K): V | undefined {
    if (this.isBeyondDisk(key)) return undefined;
    const cached = this.cache.get(key);
    if (cached !== undefined) return cached;
    const bytes = this.database.getBinary(key as Key);
    if (bytes === undefined) return undefined;
    const value = encoding.decode(bytes) as V;
    this.cache.set(key, value);
    return value;
  }

  private isOnDisk(key: K): boolean {
    return !this.isBeyondDisk(key) && this.database.doesExist(key as Key);
  }

  private isBeyondDisk(key: K): boolean {
    return this.lastOnDisk === undefined || compareKeys(key, this.lastOnDisk) > 0;
  }

  private findLastOnDisk(): void {
    this.lastOnDisk = undefined;
    for (const key of this.database.getKeys({ reverse: true, limit: 1 })) this.lastOnDisk = key as K;
  }

  private diskCursor({ start, end, reverse = false }: RangeOptions<K>) {
    const nothing = { next: () => undefined, close: () => {} };
    if (this.lastOnDisk === undefined) return nothing;
    if (start !== undefined && this.isBeyondDisk(start)) return nothing;
    // read backwards, LMDB takes the upper bound first and inclusive: both ends are checked here again
    const range = reverse ? { reverse, start: end, end: undefined } : { start, end };
    const iterator = this.database.getRange(range as DiskRange)[Symbol.iterator]();
    const next = (): { key: K; value(): V } | undefined => {
      for (;;) {
        const { value: entry, done } = iterator.next();
        if (done) return undefined;
        const key = entry.key as K;
        if (reverse && end !== undefined && compareKeys(key, end) >= 0) continue;
        if (reverse && start !== undefined && compareKeys(key, start) < 0) return undefined;
        const bytes = entry.value;
        return { key, value: () => encoding.decode(bytes) as V };
      }
    };
    return { next, close: () => void iterator.return?.() };
  }
}

function isBefore<K extends TableKey>(key: K, other: K | undefined, reverse: boolean): boolean {
  if (other === undefined) return true;
  return reverse ? compareKeys(key, other) > 0 : compareKeys(key, other) < 0;
}

/** Values lately read under simple keys; the older half is forgotten when the younger is full. */
class ReadCache<V> {
  private young = new Map<TableKey, V>();
  private old = new Map<TableKey, V>();

  get(key: TableKey): V | undefined {
    if (typeof key === 'object') return undefined;
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: TableKey, value: V): void {
    if (typeof key === 'object') return;
    if (this.young.size >= CACHE_SIZE) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }

  forget(key: TableKey): void {
    this.young.delete(key);
    this.old.delete(key);
  }
}
