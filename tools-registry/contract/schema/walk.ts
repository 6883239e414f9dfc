import type { JsonValue } from '../json.ts';
import type { Place } from './place.ts';
import type { Reason } from './reason.ts';
import type { Evaluated, SchemaNode, SchemaResource, Visit } from './schemaNode.ts';

/** Ends a check that has cost too much or gone too deep; `validateAgainst` answers it as a violation. */
export class CheckGivenUp extends Error {
  readonly why: string;
  constructor(why: string) {
    super(why);
    this.name = 'CheckGivenUp';
    this.why = why;
  }
}

export interface WalkLimits {
  /** Schemas met by values, and what single keywords cost beyond that. */
  steps: number;
  /** Schemas one inside the other; each takes some of the stack. */
  depth: number;
}

/** Checking one value: what it has cost, and the schemas it is in. */
export interface Walk {
  /** @throws CheckGivenUp when the budget is used up. */
  spend(steps: number): void;
  /** Whether the value fits; what was evaluated goes to `evaluated` if it does. */
  meets(
    node: SchemaNode,
    value: JsonValue,
    at: Place,
    reasons: Reason[] | undefined,
    evaluated: Evaluated | undefined,
  ): boolean;
  /** Resources entered on the way here, outermost first. */
  readonly scope: readonly SchemaResource[];
}

export const noneEvaluated = (): Evaluated => ({ properties: new Set(), prefix: 0, items: new Set() });

/** @param tracks whether anything of the document asks what was evaluated */
export function createWalk(limits: WalkLimits, tracks: boolean): Walk {
  let left = limits.steps;
  let depth = 0;
  const scope: SchemaResource[] = [];

  const walk: Walk = {
    scope,
    spend(steps) {
      left -= steps;
      if (left < 0) throw new CheckGivenUp('checking it takes too long');
    },
    meets(node, value, at, reasons, evaluated) {
      walk.spend(1);
      if (node.schema === true || node.schema === undefined) return true;
      if (depth >= limits.depth) throw new CheckGivenUp('it goes too deep to be checked');
      const entered = scope.at(-1) !== node.resource;
      if (entered) scope.push(node.resource);
      depth += 1;
      const own = tracks ? noneEvaluated() : undefined;
      const visit: Visit = { value, at, walk, reasons, evaluated: own };
      let fits = true;
      for (const check of node.checks()) {
        if (check(visit)) continue;
        fits = false;
        if (!reasons) break;
      }
      depth -= 1;
      if (entered) scope.pop();
      if (fits && own && evaluated) join(evaluated, own);
      return fits;
    },
  };
  return walk;
}

/** What `own` looked at counts as looked at by `all` too. */
export function join(all: Evaluated, own: Evaluated): void {
  if (own.properties === 'all') all.properties = 'all';
  else if (all.properties !== 'all') for (const name of own.properties) all.properties.add(name);
  all.prefix = Math.max(all.prefix, own.prefix);
  for (const index of own.items) all.items.add(index);
}
