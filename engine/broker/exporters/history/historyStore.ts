import { openLmdbStore } from '../../state/lmdbStore.ts';
import { createMemoryStore } from '../../state/memoryStore.ts';
import type { Store } from '../../state/store.ts';

/** Grows with every change of `rows.ts`. */
const LAYOUT = 2;

/** History's own tables in a folder, or in memory. The folder may be deleted: history is made again from the log. */
export function openHistoryStore(directory: string | undefined): Store {
  return directory === undefined ? createMemoryStore() : openLmdbStore(directory, LAYOUT);
}
