import { type Command, namespaceOf } from './command.ts';

export const count: Command = (command, { storage }) => {
  const collection = storage.collection(namespaceOf(command));
  const matching = collection ? storage.count(collection, command.query ?? {}) : 0;
  const rest = Math.max(0, matching - Number(command.skip ?? 0));
  const limit = Math.abs(Number(command.limit ?? 0));
  return { n: limit > 0 ? Math.min(limit, rest) : rest };
};
