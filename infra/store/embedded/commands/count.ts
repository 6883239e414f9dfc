import { type Command, documentsOf, namespaceOf } from './command.ts';

export const count: Command = (command, context) => {
  const matching = documentsOf(namespaceOf(command), command.query ?? {}, context).length;
  const rest = Math.max(0, matching - Number(command.skip ?? 0));
  const limit = Math.abs(Number(command.limit ?? 0));
  return { n: limit > 0 ? Math.min(limit, rest) : rest };
};
