import { compareValues } from '../language/order.ts';
import { valuesAt } from '../language/paths.ts';
import { type Command, documentsOf, namespaceOf } from './command.ts';

export const distinct: Command = (command, context) => {
  const values = documentsOf(namespaceOf(command), command.query ?? {}, context)
    .flatMap((document) => valuesAt(document, String(command.key)).values)
    .filter((value) => value !== undefined)
    .sort(compareValues);
  return { values: values.filter((value, i) => i === 0 || compareValues(value, values[i - 1]) !== 0) };
};
