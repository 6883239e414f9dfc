import { CommandRefusal } from '../errors.ts';
import { type Command, namespaceOf } from './command.ts';

export const drop: Command = (command, { storage }) => {
  const namespace = namespaceOf(command);
  return storage.write(() => {
    const collection = storage.collection(namespace);
    if (!collection) throw new CommandRefusal('NamespaceNotFound', 'ns not found');
    const nIndexesWas = collection.indexes.length;
    storage.dropCollection(collection);
    return { ns: namespace, nIndexesWas };
  });
};
