import { CommandRefusal } from '../errors.ts';
import type { Collection, Storage } from '../storage/storage.ts';
import { type Command, namespaceOf } from './command.ts';

export const dropIndexes: Command = (command, { storage }) => {
  const namespace = namespaceOf(command);
  const collection = storage.collection(namespace);
  if (!collection) throw new CommandRefusal('NamespaceNotFound', `ns not found ${namespace}`);
  return storage.write(() => {
    const nIndexesWas = collection.indexes.length;
    for (const index of named(collection, command.index)) storage.dropIndex(collection, index);
    return { nIndexesWas };
  });
};

/** `*` is all but the one on `_id`; otherwise a name, several names, or a key. */
function named(collection: Collection, wanted: unknown): Parameters<Storage['dropIndex']>[1][] {
  if (wanted === '*') return collection.indexes.filter(({ name }) => name !== '_id_');
  return (Array.isArray(wanted) ? wanted : [wanted]).map((one) => {
    const index = collection.indexes.find(
      ({ name, key }) => name === one || JSON.stringify(key) === JSON.stringify(one),
    );
    if (!index) throw new CommandRefusal('IndexNotFound', `index not found with name [${String(one)}]`);
    if (index.name === '_id_') throw new CommandRefusal('InvalidOptions', 'cannot drop _id index');
    return index;
  });
}
