import type { Document } from 'bson';
import { type Command, ensuredCollection, namespaceOf } from './command.ts';

export const createIndexes: Command = (command, context) =>
  context.storage.write(() => {
    const namespace = namespaceOf(command);
    const createdCollectionAutomatically = context.storage.collection(namespace) === undefined;
    const collection = ensuredCollection(namespace, context);
    const numIndexesBefore = collection.indexes.length;
    for (const definition of command.indexes as Document[])
      context.storage.createIndex(collection, definition);
    return { numIndexesBefore, numIndexesAfter: collection.indexes.length, createdCollectionAutomatically };
  });
