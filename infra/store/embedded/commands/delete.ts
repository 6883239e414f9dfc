import type { Document } from 'bson';
import { type Command, namespaceOf } from './command.ts';
import { eachWrite } from './eachWrite.ts';

const deleteDocuments: Command = (command, { storage }) => {
  const collection = storage.collection(namespaceOf(command));
  if (!collection) return { n: 0 };
  return storage.write(() =>
    eachWrite(command, command.deletes as Document[], (statement) => {
      const found = storage.find(collection, statement.q, Number(statement.limit) === 1 ? 1 : undefined);
      for (const stored of found) storage.remove(collection, stored);
      return { n: found.length };
    }),
  );
};

export { deleteDocuments as delete };
