import type { Document } from 'bson';
import { project } from '../language/language.ts';
import type { SortSpecification } from '../language/sort.ts';
import { unreadFields } from '../language/unread.ts';
import { type Command, namespaceOf } from './command.ts';

/** What leaves out only fields that a document has not leaves it as it is. */
function projected(documents: Document[], projection: Document | undefined): Document[] {
  const fields = Object.entries(projection ?? {});
  if (!fields.every(([, wanted]) => wanted === 0 || wanted === false)) return project(documents, projection);
  const roots = fields.map(([path]) => path.split('.', 1)[0]!);
  const has = (document: Document) => roots.some((root) => Object.hasOwn(document, root));
  const changed = project(documents.filter(has), projection).values();
  return documents.map((document) => (has(document) ? (changed.next().value as Document) : document));
}

export const find: Command = (command, { storage, cursors }) => {
  const namespace = namespaceOf(command);
  const collection = storage.collection(namespace);
  const { filter = {}, sort, projection, batchSize, singleBatch } = command;
  const skip = Number(command.skip ?? 0);
  // A negative limit is the old way to ask for one batch only.
  const limit = Math.abs(Number(command.limit ?? 0)) || Number.POSITIVE_INFINITY;
  let found: Document[] = [];
  if (collection) {
    const isSorted = sort && Object.keys(sort).length > 0;
    const unread = unreadFields(projection, filter, isSorted ? sort : undefined);
    found = isSorted
      ? storage.findSorted(collection, filter, sort as SortSpecification, limit, skip, unread)
      : storage
          .find(collection, filter, skip + limit, unread)
          .slice(skip)
          .map(({ document }) => document);
  }
  const wanted = projected(found, projection);
  const size = batchSize === undefined ? undefined : Number(batchSize);
  return { cursor: cursors.open(namespace, wanted, size, Boolean(singleBatch) || Number(command.limit) < 0) };
};
