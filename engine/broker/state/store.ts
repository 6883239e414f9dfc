/**
 * State on disk as ordered tables. Reads see every write made so far by this process at once; writes become
 * durable with the next checkpoint, together with the position they reach to. What a crash takes, replay of the log restores.
 */

/** Keys order as lmdb orders them: numbers before strings, arrays element by element. */
export type TableKey = number | string | readonly (number | string)[];

export interface RangeOptions<K extends TableKey> {
  /** Inclusive. */
  start?: K | undefined;
  /** Exclusive. */
  end?: K | undefined;
  /** The same entries, last first. */
  reverse?: boolean | undefined;
  limit?: number | undefined;
}

export interface Table<K extends TableKey, V> {
  get(key: K): V | undefined;
  /** The store keeps the object: never change it afterwards, put a new one. */
  put(key: K, value: V): void;
  delete(key: K): void;
  has(key: K): boolean;
  /** In key order; `start` inclusive, `end` exclusive. Safe against writes while iterating. */
  range(options?: RangeOptions<K>): Iterable<{ key: K; value: V }>;
}

export interface Store {
  table<K extends TableKey, V>(name: string): Table<K, V>;
  /** Runs `change`; if it throws, every write it made is undone before the error goes on. */
  atomically<T>(change: () => T): T;
  /** Log position up to which the tables on disk hold the state; -1 for a new store. */
  readonly durablePosition: number;
  /**
   * Writes all changes so far, and that they reach to `position`, in one durable transaction. Nothing is written before
   * `logDurable` resolves: state on disk never runs ahead of the log.
   */
  checkpoint(position: number, logDurable?: Promise<void>): Promise<void>;
  close(): Promise<void>;
}
