import type { Document } from 'bson';
import { type Command, ensuredCollection, namespaceOf } from './command.ts';
import { eachWrite } from './eachWrite.ts';

export const insert: Command = (command, context) =>
  context.storage.write(() => {
    const collection = ensuredCollection(namespaceOf(command), context);
    return eachWrite(command, command.documents as Document[], (document) => {
      context.storage.insert(collection, document);
      return { n: 1 };
    });
  });
