import { booleans } from './booleans.ts';
import type { Functions } from './builtin.ts';
import { type Chance, chance } from './chance.ts';
import { contexts } from './contexts.ts';
import { conversions } from './conversions.ts';
import { lists } from './lists.ts';
import { type NamedContexts, namedContexts } from './namedContexts.ts';
import { numbers } from './numbers.ts';
import { ranges } from './ranges.ts';
import { temporals } from './temporals.ts';
import { texts } from './texts.ts';
import { zeebe } from './zeebe.ts';

/** Every built-in function, by subject. */
export function builtinFunctions(given: Chance, contextsByName: NamedContexts = {}): Functions {
  const all: Functions = {
    ...conversions,
    ...booleans,
    ...texts,
    ...numbers,
    ...lists,
    ...contexts,
    ...temporals,
    ...ranges,
    ...zeebe,
    ...chance(given),
    ...namedContexts(contextsByName),
  };
  // names are no properties of JavaScript's
  return Object.assign(Object.create(null), all);
}
