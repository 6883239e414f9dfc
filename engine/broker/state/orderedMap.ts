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

  /** The first entry of a range after the key `last`, in its direction; without `last` the first of all. */
  next({ start, end, reverse }: RangeOptions<K>, last: K | undefined): [K, V] | undefined {
    const { tree } = this;
    if (reverse) {
      const pair = tree.nextLowerPair(last ?? end);
      return pair && (start === undefined || compareKeys(pair[0], start) >= 0) ? pair : undefined;
    }
    const first = last === undefined && start !== undefined;
    const pair = first ? tree.getPairOrNextHigher(start) : tree.nextHigherPair(last);
    return pair && (end === undefined || compareKeys(pair[0], end) < 0) ? pair : undefined;
  }

  /** All entries, in order. */
  entries(): IterableIterator<[K, V]> {
    return this.tree.entries();
  }
}
