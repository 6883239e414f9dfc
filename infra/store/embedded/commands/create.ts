import { CommandRefusal } from '../errors.ts';
import { type Command, namespaceOf } from './command.ts';

const unsupported = ['capped', 'timeseries', 'viewOn', 'validator', 'collation', 'clusteredIndex'];

export const create: Command = (command, { storage }) => {
  const namespace = namespaceOf(command);
  const option = unsupported.find((name) => command[name]);
  if (option)
    throw new CommandRefusal('InvalidOptions', `Expected a plain collection, but got option "${option}"`);
  return storage.write(() => {
    if (storage.collection(namespace))
      throw new CommandRefusal('NamespaceExists', `Collection ${namespace} already exists.`);
    storage.createCollection(namespace);
    return {};
  });
};
