import type { JsonSchema, JsonValue } from '../json.ts';
import { documentOf } from './documents.ts';
import { depthOf, pointerOf } from './place.ts';
import type { Reason } from './reason.ts';
import { CheckGivenUp, createWalk, type WalkLimits } from './walk.ts';

/** One place where a value breaks its schema. */
export interface SchemaViolation {
  /** JSON pointer into the value, '' for the whole. */
  pointer: string;
  /** "Expected …, but …": models are given it to repair their answers, people to read. */
  message: string;
}

/** Below a second of a slow machine, and as deep as the stack surely goes. */
const limits: WalkLimits = { steps: 500_000, depth: 400 };
/** To say why costs more, and there is less to be gained. */
const telling: WalkLimits = { ...limits, steps: 100_000 };

/** Violations that are told at most. */
const TOLD = 100;

/**
 * Checks a value against a JSON Schema 2020-12. Formats that are known are demanded. Whatever schema and value are, it ends
 * soon: patterns are matched by an automaton, and a check that costs too much is given up, which is a violation.
 * @returns the violations, innermost first; empty when the value fits
 */
export function validateAgainst(schema: JsonSchema, value: JsonValue): SchemaViolation[] {
  try {
    const document = documentOf(schema);
    const fits = (within: WalkLimits, reasons: Reason[] | undefined) =>
      createWalk(within, document.tracks).meets(document.root, value, undefined, reasons, undefined);
    if (fits(limits, undefined)) return [];
    const reasons: Reason[] = [];
    try {
      fits(telling, reasons);
    } catch (error) {
      if (!(error instanceof CheckGivenUp)) throw error;
      return violationsOf([...reasons, untold]);
    }
    return violationsOf(reasons);
  } catch (error) {
    if (error instanceof CheckGivenUp) return violationsOf([unchecked(error.why)]);
    // The text of a schema that nobody has checked may be too deep to be read.
    if (error instanceof RangeError) return violationsOf([unchecked('the schema goes too deep to be read')]);
    throw error;
  }
}

const unchecked = (found: string): Reason => ({
  at: undefined,
  keyword: 'limit',
  expected: 'to be checked by its schema',
  found,
});
/** That it does not fit is certain by then. */
const untold: Reason = {
  at: undefined,
  keyword: 'limit',
  expected: 'to fit its schema',
  found: 'it does not, for more reasons than can be told',
};

function violationsOf(reasons: readonly Reason[]): SchemaViolation[] {
  const found = reasons.map((reason) => ({ depth: depthOf(reason.at), reason }));
  found.sort((one, other) => other.depth - one.depth);
  const violations = new Map<string, SchemaViolation>();
  for (const { reason } of found) {
    if (violations.size >= TOLD) break;
    const pointer = pointerOf(reason.at);
    const place = pointer === '' ? 'the value' : `'${pointer}'`;
    const message = `Expected ${place} ${reason.expected}, but ${reason.found}`;
    violations.set(message, { pointer, message });
  }
  return [...violations.values()];
}
