import type { JsonValue } from '../../json.ts';
import { type ReadPattern, readPattern } from '../pattern.ts';
import type { Keyword, SchemaNode, Surroundings, Visit } from '../schemaNode.ts';
import { counted, isObject, listed, quoted } from '../words.ts';

export const properties: Keyword = (operand, { child }) => {
  if (!isObject(operand)) return undefined;
  const nodes = Object.keys(operand).map((name) => [name, child('properties', name)] as const);
  return ({ value, at, walk, reasons, evaluated }) => {
    if (!isObject(value)) return true;
    let fits = true;
    for (const [name, node] of nodes) {
      if (!Object.hasOwn(value, name)) continue;
      note(evaluated, name);
      if (walk.meets(node, value[name]!, { above: at, step: name }, reasons, undefined)) continue;
      fits = false;
      if (!reasons) return false;
    }
    return fits;
  };
};

interface NamedByPattern {
  source: string;
  read: ReadPattern;
  node: SchemaNode;
}

/** The patterns of a schema, read when the first value comes. */
function patternsOf({ schema, child }: Pick<Surroundings, 'schema' | 'child'>) {
  const operand = schema.patternProperties;
  const sources = isObject(operand) ? Object.keys(operand) : [];
  let patterns: NamedByPattern[] | undefined;
  return ({ walk }: Visit): NamedByPattern[] => {
    patterns ??= sources.map((source) => ({
      source,
      read: readPattern(source, walk),
      node: child('patternProperties', source),
    }));
    return patterns;
  };
}

function matches({ read }: NamedByPattern, name: string, { walk }: Visit): boolean {
  if (!read.ok) return false;
  walk.spend(read.pattern.cost(name));
  return read.pattern.matches(name);
}

export const patternProperties: Keyword = (_operand, surroundings) => {
  const patternsFor = patternsOf(surroundings);
  return (visit) => {
    const { value, at, walk, reasons, evaluated } = visit;
    if (!isObject(value)) return true;
    const patterns = patternsFor(visit);
    for (const { source, read } of patterns) {
      if (read.ok) continue;
      const expected = `to have names that match the pattern ${quoted(source)}`;
      const found = `the pattern cannot be used: ${read.why}`;
      reasons?.push({ at, keyword: 'patternProperties', expected, found });
      return false;
    }
    let fits = true;
    for (const name of Object.keys(value)) {
      for (const one of patterns) {
        if (!matches(one, name, visit)) continue;
        note(evaluated, name);
        if (walk.meets(one.node, value[name]!, { above: at, step: name }, reasons, undefined)) continue;
        fits = false;
        if (!reasons) return false;
      }
    }
    return fits;
  };
};

export const additionalProperties: Keyword = (_operand, surroundings) => {
  const node = surroundings.child('additionalProperties');
  const known = new Set(
    isObject(surroundings.schema.properties) ? Object.keys(surroundings.schema.properties) : [],
  );
  const patternsFor = patternsOf(surroundings);
  return (visit) => {
    const { value, at, walk, reasons, evaluated } = visit;
    if (!isObject(value)) return true;
    const patterns = patternsFor(visit);
    let fits = true;
    for (const name of Object.keys(value)) {
      if (known.has(name) || patterns.some((one) => matches(one, name, visit))) continue;
      if (node.schema === false) {
        reasons?.push(surplus('additionalProperties', at, name, [...known]));
        fits = false;
      } else {
        note(evaluated, name);
        if (walk.meets(node, value[name]!, { above: at, step: name }, reasons, undefined)) continue;
        fits = false;
      }
      if (!reasons) return false;
    }
    return fits;
  };
};

export function surplus(keyword: string, at: Visit['at'], name: string, known: readonly string[]) {
  return {
    at,
    keyword,
    expected: known.length === 0 ? 'to have no such field' : `to have only ${listed(known, 'and')}`,
    found: `it has ${quoted(name)}`,
  };
}

export const propertyNames: Keyword = (_operand, { child }) => {
  const node = child('propertyNames');
  return ({ value, at, walk, reasons }) => {
    if (!isObject(value)) return true;
    let fits = true;
    for (const name of Object.keys(value)) {
      if (walk.meets(node, name, undefined, undefined, undefined)) continue;
      fits = false;
      if (!reasons) return false;
      const why: NonNullable<Visit['reasons']> = [];
      walk.meets(node, name, undefined, why, undefined);
      reasons.push({
        at,
        keyword: 'propertyNames',
        expected: `to have names of the kind that propertyNames describes${why[0] ? `, each ${why[0].expected}` : ''}`,
        found: `one is ${quoted(name)}`,
      });
    }
    return fits;
  };
};

const namesOf = (operand: JsonValue | undefined) =>
  Array.isArray(operand) ? operand.filter((name) => typeof name === 'string') : [];

export const required: Keyword = (operand) => {
  const names = namesOf(operand);
  return ({ value, at, reasons }) => {
    if (!isObject(value)) return true;
    let fits = true;
    for (const name of names) {
      if (Object.hasOwn(value, name)) continue;
      fits = false;
      if (!reasons) return false;
      reasons.push({
        at,
        keyword: 'required',
        expected: `to have ${quoted(name)}`,
        found: 'it is missing',
      });
    }
    return fits;
  };
};

export const dependentRequired: Keyword = (operand) => {
  if (!isObject(operand)) return undefined;
  const demands = Object.entries(operand).map(([name, names]) => [name, namesOf(names)] as const);
  return ({ value, at, reasons }) => {
    if (!isObject(value)) return true;
    let fits = true;
    for (const [name, names] of demands) {
      if (!Object.hasOwn(value, name)) continue;
      for (const also of names) {
        if (Object.hasOwn(value, also)) continue;
        fits = false;
        reasons?.push({
          at,
          keyword: 'dependentRequired',
          expected: `to have ${quoted(also)} beside ${quoted(name)}`,
          found: 'it is missing',
        });
      }
    }
    return fits;
  };
};

export const dependentSchemas: Keyword = (operand, { child }) => {
  if (!isObject(operand)) return undefined;
  const nodes = Object.keys(operand).map((name) => [name, child('dependentSchemas', name)] as const);
  return ({ value, at, walk, reasons, evaluated }) => {
    if (!isObject(value)) return true;
    let fits = true;
    for (const [name, node] of nodes) {
      if (!Object.hasOwn(value, name) || walk.meets(node, value, at, reasons, evaluated)) continue;
      fits = false;
      if (!reasons) return false;
    }
    return fits;
  };
};

function size(keyword: string, words: string, fits: (size: number, bound: number) => boolean): Keyword {
  return (operand) =>
    typeof operand !== 'number'
      ? undefined
      : ({ value, at, reasons }) => {
          if (!isObject(value)) return true;
          const count = Object.keys(value).length;
          if (fits(count, operand)) return true;
          const expected = `to have ${words} ${counted(operand, 'field')}`;
          reasons?.push({ at, keyword, expected, found: `it has ${count}` });
          return false;
        };
}

export const minProperties = size('minProperties', 'at least', (count, least) => count >= least);
export const maxProperties = size('maxProperties', 'at most', (count, most) => count <= most);

function note(evaluated: Visit['evaluated'], name: string): void {
  if (evaluated && evaluated.properties !== 'all') evaluated.properties.add(name);
}
