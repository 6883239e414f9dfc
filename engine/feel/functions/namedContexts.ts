import type { JsonValue } from '@baton/engine/protocol';
import { emptyContext } from '../values/kinds.ts';
import type { Value } from '../values/value.ts';
import { type Builtin, builtin, type Functions } from './builtin.ts';

/** A function that puts its arguments into a context under the names of its parameters. */
export interface NamedContext {
  parameters: readonly string[];
  /** How many of them have to be given, from the first on. */
  required: number;
  /** What is in the context besides. */
  says: { readonly [name: string]: JsonValue };
}

/** By the name they are called by. */
export type NamedContexts = { readonly [name: string]: NamedContext };

/** Functions that whoever evaluates adds to FEEL: `bpmnError("NO_STOCK", "Nothing left")` of an error expression. */
export function namedContexts(all: NamedContexts): Functions {
  const functions: { [name: string]: Builtin[] } = {};
  for (const [name, { parameters, required, says }] of Object.entries(all)) {
    const counts = parameters.map((_, index) => index + 1).filter((count) => count >= required);
    functions[name] = counts.map((count) =>
      builtin(parameters.slice(0, count), (given) => {
        const context = emptyContext();
        for (const [key, value] of Object.entries(says)) context[key] = value as Value;
        for (const [index, value] of given.entries()) context[parameters[index]!] = value;
        return context;
      }),
    );
  }
  return functions;
}
