import type { Document } from 'bson';
import { project } from '../language/language.ts';
import type { SortSpecification } from '../language/sort.ts';
import { unreadFields } from '../language/unread.ts';
import { type Command, namespaceOf } from './command.ts';

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
  const wanted = project(found, projection);
  const size = batchSize === undefined ? undefined : Number(batchSize);
  return { cursor: cursors.open(namespace, wanted, size, Boolean(singleBatch) || Number(command.limit) < 0) };
};
