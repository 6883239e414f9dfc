import { CommandRefusal } from '../errors.ts';
import { describeIndex } from '../storage/indexSpecification.ts';
import { type Command, namespaceOf } from './command.ts';

export const listIndexes: Command = (command, { storage, cursors }) => {
  const namespace = namespaceOf(command);
  const collection = storage.collection(namespace);
  if (!collection) throw new CommandRefusal('NamespaceNotFound', `ns does not exist: ${namespace}`);
  return { cursor: cursors.open(namespace, collection.indexes.map(describeIndex), undefined) };
};
