import { type Document, Long } from 'bson';
import { CommandRefusal } from './errors.ts';

/** Results that did not fit one batch, until they are read or killed. A cursor holds what the query saw. */
export interface Cursors {
  /** The `cursor` of an answer to find, aggregate or a list. */
  open(namespace: string, documents: Document[], batchSize: number | undefined, single?: boolean): Document;
  next(id: number, batchSize: number | undefined): Document;
  kill(id: number): boolean;
}

// MongoDB's own: the first batch without a wish, and the bytes a batch may have.
const firstBatchSize = 101;
const batchBytes = 16 * 1024 * 1024;

export function cursors(sizeOf: (document: Document) => number): Cursors {
  const waiting = new Map<number, { namespace: string; documents: Document[] }>();
  let lastId = 0;

  function take(documents: Document[], batchSize: number): Document[] {
    let bytes = 0;
    let count = 0;
    while (count < documents.length && count < batchSize) {
      bytes += sizeOf(documents[count]!);
      if (count > 0 && bytes > batchBytes) break;
      count++;
    }
    return documents.splice(0, count);
  }

  return {
    open(namespace, documents, batchSize = firstBatchSize, single = false) {
      const rest = [...documents];
      const firstBatch = take(rest, batchSize);
      if (rest.length === 0 || single) return { firstBatch, id: Long.ZERO, ns: namespace };
      const id = ++lastId;
      waiting.set(id, { namespace, documents: rest });
      return { firstBatch, id: Long.fromNumber(id), ns: namespace };
    },
    next(id, batchSize) {
      const cursor = waiting.get(id);
      if (!cursor)
        throw new CommandRefusal('CursorNotFound', `Expected an open cursor, but ${id} is not one`);
      const nextBatch = take(cursor.documents, batchSize || Number.POSITIVE_INFINITY);
      const done = cursor.documents.length === 0;
      if (done) waiting.delete(id);
      return { nextBatch, id: done ? Long.ZERO : Long.fromNumber(id), ns: cursor.namespace };
    },
    kill: (id) => waiting.delete(id),
  };
}
