import type { BatchOperation, BatchOperationItem } from '@baton/engine/protocol';
import type { Store } from './store.ts';

export type BatchOperationState =
  | 'CREATED'
  | 'ACTIVE'
  | 'SUSPENDED'
  | 'COMPLETED'
  | 'PARTIALLY_COMPLETED'
  | 'CANCELED';

export interface BatchOperationEntry {
  readonly key: number;
  readonly tenantId: string;
  readonly operation: BatchOperation;
  readonly state: BatchOperationState;
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  /** epoch ms. */
  readonly startTime: number;
  readonly endTime: number | undefined;
}

export interface BatchOperationItemEntry extends BatchOperationItem {
  readonly batchOperationKey: number;
  readonly state: 'ACTIVE' | 'COMPLETED' | 'FAILED' | 'CANCELED';
  /** epoch ms. */
  readonly processedTime: number | undefined;
  readonly errorMessage: string;
}

/** Batch operations with their items, also those that are over. */
export interface BatchOperations {
  get(key: number): BatchOperationEntry | undefined;
  put(operation: BatchOperationEntry): void;
  /** Oldest first. */
  all(): Iterable<BatchOperationEntry>;
  /** Those with items that are to be taken now. */
  running(): Iterable<BatchOperationEntry>;
  item(key: number, itemKey: number): BatchOperationItemEntry | undefined;
  putItem(item: BatchOperationItemEntry): void;
  items(key: number): Iterable<BatchOperationItemEntry>;
  /** Keys of items whose command has not been given, in order. */
  pending(key: number): Iterable<number>;
}

export function createBatchOperations(store: Store): BatchOperations {
  const operations = store.table<number, BatchOperationEntry>('batchOperations');
  const running = store.table<number, true>('runningBatchOperations');
  const items = store.table<[number, number], BatchOperationItemEntry>('batchOperationItems');
  const pending = store.table<[number, number], true>('pendingBatchOperationItems');
  const of = (key: number) => ({
    start: [key, 0] as [number, number],
    end: [key + 1, 0] as [number, number],
  });
  return {
    get: (key) => operations.get(key),
    put(operation) {
      operations.put(operation.key, operation);
      if (operation.state === 'ACTIVE') running.put(operation.key, true);
      else running.delete(operation.key);
    },
    *all() {
      for (const { value } of operations.range()) yield value;
    },
    *running() {
      for (const { key } of running.range()) yield operations.get(key)!;
    },
    item: (key, itemKey) => items.get([key, itemKey]),
    putItem(item) {
      const key: [number, number] = [item.batchOperationKey, item.itemKey];
      items.put(key, item);
      if (item.state === 'ACTIVE') pending.put(key, true);
      else pending.delete(key);
    },
    *items(key) {
      for (const { value } of items.range(of(key))) yield value;
    },
    *pending(key) {
      for (const { key: each } of pending.range(of(key))) yield each[1];
    },
  };
}
