import type { JsonValue } from '@baton/gateway/api';
import type { ContentPath } from '../../platform/contentPath.ts';
import type { ContentProblem } from '../../platform/textDocument.ts';
import { isObject, type Schema, variantsOf } from './schema.ts';

/** Types of JSON Schema 2020-12. */
const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const parts = ['description', 'requestSchema', 'responseSchema'];
const longest = 1000;

/** What would keep this from being a task: its parts, and in its schemas what JSON Schema does not allow or nothing can meet. */
export function checkTask(content: JsonValue): ContentProblem[] {
  if (!isObject(content))
    return [
      {
        severity: 'error',
        path: [],
        code: 'task(object)',
        message: `Expected an object, but it is ${wordFor(content)}.`,
      },
    ];
  const problems: ContentProblem[] = [];
  for (const name of Object.keys(content)) {
    if (!parts.includes(name))
      problems.push({
        severity: 'error',
        path: [name],
        code: 'task(unknown)',
        message: `Expected ${parts.join(', ')} only, but found ${name}.`,
      });
  }
  const { description } = content;
  if (description !== undefined && typeof description !== 'string')
    problems.push({
      severity: 'error',
      path: ['description'],
      code: 'task(description)',
      message: `Expected a text, but it is ${wordFor(description)}.`,
    });
  else if (typeof description === 'string' && description.length > longest)
    problems.push({
      severity: 'error',
      path: ['description'],
      code: 'task(description)',
      message: `Expected at most ${longest} characters, but there are ${description.length}.`,
    });
  if (content.responseSchema === undefined)
    problems.push({
      severity: 'error',
      path: [],
      code: 'task(response)',
      message: 'Expected responseSchema, but it is missing.',
    });
  for (const name of ['requestSchema', 'responseSchema']) {
    const schema = content[name];
    if (schema !== undefined) checkRoot(schema, [name], problems);
  }
  return problems;
}

function checkRoot(schema: JsonValue, path: ContentPath, problems: ContentProblem[]): void {
  if (isObject(schema)) checkSchema(schema, path, problems);
  else
    problems.push({
      severity: 'error',
      path,
      code: 'schema(object)',
      message: `Expected a schema in { }, but it is ${wordFor(schema)}.`,
    });
}

function checkSchema(schema: Schema, path: ContentPath, problems: ContentProblem[]): void {
  const say = (keyword: string, message: string) =>
    problems.push({ severity: 'error', path: [...path, keyword], code: `schema(${keyword})`, message });
  const { type, required, properties, items, pattern } = schema;
  for (const name of Array.isArray(type) ? type : type === undefined ? [] : [type]) {
    if (typeof name !== 'string' || !types.includes(name))
      say('type', `Expected one of ${types.join(', ')}, but the type is ${JSON.stringify(name)}.`);
  }
  if (pattern !== undefined) checkPattern(pattern, say);
  for (const keyword of ['minimum', 'maximum', 'multipleOf']) {
    const value = schema[keyword];
    if (value !== undefined && typeof value !== 'number')
      say(keyword, `Expected a number, but ${keyword} is ${JSON.stringify(value)}.`);
  }
  if (typeof schema.multipleOf === 'number' && schema.multipleOf <= 0)
    say('multipleOf', `Expected a number above 0, but multipleOf is ${schema.multipleOf}.`);
  for (const keyword of ['minLength', 'maxLength', 'minItems', 'maxItems']) {
    const value = schema[keyword];
    if (value !== undefined && !(Number.isInteger(value) && Number(value) >= 0))
      say(keyword, `Expected a whole number from 0, but ${keyword} is ${JSON.stringify(value)}.`);
  }
  for (const [low, high] of [
    ['minimum', 'maximum'],
    ['minLength', 'maxLength'],
    ['minItems', 'maxItems'],
  ] as const) {
    const [least, most] = [schema[low], schema[high]];
    if (typeof least === 'number' && typeof most === 'number' && least > most)
      say(low, `Expected ${low} ≤ ${high}, but ${low} is ${least} and ${high} is ${most}.`);
  }
  checkVariants(schema, say);
  if (properties !== undefined) {
    if (!isObject(properties)) say('properties', `Expected fields in { }, but it is ${wordFor(properties)}.`);
    else {
      for (const [name, field] of Object.entries(properties)) {
        if (name === '') say('properties', 'Expected a name for every field, but one is empty.');
        if (typeof field !== 'boolean') checkRoot(field, [...path, 'properties', name], problems);
      }
    }
  }
  if (required !== undefined) {
    if (!Array.isArray(required) || !required.every((name) => typeof name === 'string'))
      say('required', `Expected a list of names, but it is ${JSON.stringify(required)}.`);
    else if (schema.additionalProperties === false) {
      const known = isObject(properties) ? properties : {};
      for (const name of required)
        if (!Object.hasOwn(known, name))
          say('required', `Expected ${name} to be a field, but there is none of this name.`);
    }
  }
  if (items !== undefined && typeof items !== 'boolean') checkRoot(items, [...path, 'items'], problems);
  for (const keyword of ['oneOf', 'anyOf', 'allOf']) {
    const options = schema[keyword];
    if (options === undefined) continue;
    if (!Array.isArray(options) || options.length === 0)
      say(keyword, `Expected at least one schema, but ${keyword} has none.`);
    else
      options.forEach((option, index) => {
        if (typeof option !== 'boolean') checkRoot(option, [...path, keyword, String(index)], problems);
      });
  }
}

function checkPattern(pattern: JsonValue, say: (keyword: string, message: string) => unknown): void {
  if (typeof pattern !== 'string') {
    say('pattern', `Expected a text, but it is ${wordFor(pattern)}.`);
    return;
  }
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    const reason = String((error as Error).message)
      .split(': ')
      .at(-1);
    say('pattern', `Expected a regular expression, but it cannot be read: ${reason}.`);
  }
}

function checkVariants(schema: Schema, say: (keyword: string, message: string) => unknown): void {
  const keyword = 'enum' in schema ? 'enum' : 'oneOf';
  if ('enum' in schema && !Array.isArray(schema.enum))
    say('enum', `Expected a list of values, but it is ${wordFor(schema.enum!)}.`);
  const variants = variantsOf(schema);
  if (!variants) return;
  if (variants.length === 0) say(keyword, 'Expected at least one value, but there is none.');
  const seen = new Set<string>();
  for (const { value } of variants) {
    const text = JSON.stringify(value);
    if (seen.has(text)) say(keyword, `Expected each value once, but ${text} is there twice.`);
    seen.add(text);
  }
}

function wordFor(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}
