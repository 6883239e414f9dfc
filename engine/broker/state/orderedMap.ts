import { createRequire } from 'node:module';
import type { RangeOptions, TableKey } from './store.ts';
import { compareKeys } from './tableKey.ts';

// the package is CommonJS with a default export, which loaders unwrap differently
const BTree = (createRequire(import.meta.url)('sorted-btree') as typeof import('sorted-btree')).default;

/** A sorted map by table keys. Iteration looks for the next key each time, so that writes may go on meanwhile. */
export class OrderedMap<K extends TableKey, V> {
  private readonly tree = new BTree<K, V>(undefined, compareKeys);

  get size(): number {
    return this.tree.size;
  }

  get(key: K): V | undefined {
    return this.tree.get(key);
  }

  set(key: K, value: V): void {
    this.tree.set(key, value);
  }

  delete(key: K): void {
    this.tree.delete(key);
  }

  /** The entry at `key`, or the next one in the direction; without a key the first. */
  seek(key: K | undefined, reverse: boolean): [K, V] | undefined {
    if (reverse)
      return key === undefined ? this.tree.nextLowerPair(undefined) : this.tree.getPairOrNextLower(key);
    return key === undefined ? this.tree.nextHigherPair(undefined) : this.tree.getPairOrNextHigher(key);
  }

  /** The entry after `key` in the direction. */
  after(key: K, reverse: boolean): [K, V] | undefined {
    return reverse ? this.tree.nextLowerPair(key) : this.tree.nextHigherPair(key);
  }

  /** Entries of a range as a cursor: each call gives the next one. */
  cursor({ start, end, reverse = false }: RangeOptions<K>): () => [K, V] | undefined {
    let last: K | undefined;
    let done = false;
    return () => {
      if (done) return undefined;
      let pair: [K, V] | undefined;
      if (last !== undefined) pair = this.after(last, reverse);
      else if (!reverse) pair = this.seek(start, false);
      else pair = end === undefined ? this.seek(undefined, true) : this.after(end, true);
      if (
        pair === undefined ||
        (reverse
          ? start !== undefined && compareKeys(pair[0], start) < 0
          : end !== undefined && compareKeys(pair[0], end) >= 0)
      ) {
        done = true;
        return undefined;
      }
      last = pair[0];
      return pair;
    };
  }

  /** All entries, in order. */
  entries(): IterableIterator<[K, V]> {
    return this.tree.entries();
  }
}
