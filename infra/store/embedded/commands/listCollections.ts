import { matcher } from '../language/language.ts';
import { describeIndex } from '../storage/indexSpecification.ts';
import type { Command, CommandContext } from './command.ts';

export const listCollections: Command = (command, context) => {
  const entries = collectionsOf(command.$db, context).map(({ name, collection }) => ({
    name,
    type: 'collection',
    ...(!command.nameOnly && {
      options: {},
      info: { readOnly: false },
      idIndex: describeIndex(collection.indexes[0]!),
    }),
  }));
  const wanted = entries.filter(matcher(command.filter ?? {}));
  return { cursor: context.cursors.open(`${command.$db}.$cmd.listCollections`, wanted, undefined) };
};

export function collectionsOf(database: string, { storage }: CommandContext) {
  return storage
    .collections()
    .filter(({ namespace }) => namespace.startsWith(`${database}.`))
    .map((collection) => ({ collection, name: collection.namespace.slice(database.length + 1) }));
}
