import type { Command } from './command.ts';
import { collectionsOf } from './listCollections.ts';

export const dropDatabase: Command = (command, context) =>
  context.storage.write(() => {
    for (const { collection } of collectionsOf(command.$db, context))
      context.storage.dropCollection(collection);
    return { dropped: command.$db };
  });
