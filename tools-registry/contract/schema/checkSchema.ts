import type { JsonSchema, JsonValue } from '../json.ts';
import { circlesIn } from './circles.ts';
import type { Budget } from './pattern.ts';
import { escapeStep } from './place.ts';
import { readSchema } from './schemaDocument.ts';
import { doubts, shapes } from './shapes.ts';
import { CheckGivenUp } from './walk.ts';
import { counted, described, isObject, quoted } from './words.ts';

/** A place in a schema that keeps it from being used, or that its author should look at. */
export interface SchemaProblem {
  /** JSON pointer into the schema, '' for the whole. */
  pointer: string;
  /** The keyword, or what of the whole is wrong: `size`, `depth`, `circle`, `schema`. */
  code: string;
  severity: 'error' | 'warning';
  /** "Expected …, but …". */
  message: string;
}

/** Characters of its JSON. */
const LARGEST = 1_000_000;
/** Levels of objects and lists. */
const DEEPEST = 100;
/** Schemas in it. */
const MOST = 20_000;
/** Steps that may be spent on its patterns: below a second of a slow machine. */
const ON_PATTERNS = 500_000;
/** Problems told at most. */
const TOLD = 100;

/**
 * Checks that a schema is one of JSON Schema 2020-12 that values can be checked by: keywords take what they must, patterns
 * can be matched in linear time, references stay inside the document and lead to something other than themselves.
 */
export function checkSchema(schema: JsonSchema): SchemaProblem[] {
  const whole = (code: string, message: string): SchemaProblem[] => [
    { pointer: '', code, severity: 'error', message },
  ];
  if (!isObject(schema))
    return whole('schema', `Expected a schema in { }, but it is ${described(schema as JsonValue)}`);
  if (deeperThan(schema, DEEPEST))
    return whole('depth', `Expected a schema of at most ${DEEPEST} levels, but it goes deeper`);
  const size = JSON.stringify(schema).length;
  if (size > LARGEST)
    return whole('size', `Expected a schema of at most ${LARGEST} characters, but it has ${size}`);
  const document = readSchema(schema);
  if (document.nodes.size > MOST)
    return whole(
      'size',
      `Expected at most ${counted(MOST, 'schema')} in one, but there are ${document.nodes.size}`,
    );

  const problems: SchemaProblem[] = [];
  let left = ON_PATTERNS;
  const budget: Budget = {
    spend(steps) {
      left -= steps;
      if (left < 0) throw new CheckGivenUp('its patterns together take too long to be read');
    },
  };
  for (const node of document.nodes.values()) {
    if (problems.length >= TOLD) return problems;
    const { schema: own, pointer } = node;
    const say = (keyword: string, severity: SchemaProblem['severity'], message: string) =>
      problems.push({ pointer: `${pointer}/${escapeStep(keyword)}`, code: keyword, severity, message });
    if (!isObject(own)) {
      const beforeTwentyTwenty = Array.isArray(own) && pointer.endsWith('/items');
      if (typeof own !== 'boolean' && !beforeTwentyTwenty) {
        const message = `Expected a schema in { }, true or false, but it is ${described(own ?? null)}`;
        problems.push({ pointer, code: 'schema', severity: 'error', message });
      }
      continue;
    }
    for (const keyword of Object.keys(own)) {
      const shape = Object.hasOwn(shapes, keyword) ? shapes[keyword] : undefined;
      try {
        const wrong = shape?.(own[keyword]!, keyword, budget);
        if (wrong) say(keyword, 'error', wrong);
      } catch (error) {
        if (!(error instanceof CheckGivenUp)) throw error;
        say(keyword, 'error', `Expected fewer or smaller patterns in one schema, but ${error.why}`);
        return problems;
      }
    }
    for (const keyword of ['$ref', '$dynamicRef']) {
      const reference = own[keyword];
      if (typeof reference === 'string' && !document.resolve(reference, node))
        say(
          keyword,
          'error',
          `Expected ${keyword} to name a schema in the same document, but it has no ${quoted(reference)}`,
        );
    }
    for (const { keyword, message } of doubts(own)) say(keyword, 'warning', message);
  }
  for (const pointer of circlesIn(document)) {
    problems.push({
      pointer,
      code: 'circle',
      severity: 'error',
      message:
        'Expected a reference that leads somewhere, but it comes back to itself before it reaches a part of the value',
    });
  }
  return problems.slice(0, TOLD);
}

/** Without recursion: what is too deep is not to be met by the stack. */
function deeperThan(value: JsonValue, deepest: number): boolean {
  let level: JsonValue[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    const next: JsonValue[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      for (const inner of Object.values(one)) next.push(inner);
    }
    level = next;
  }
  return false;
}
