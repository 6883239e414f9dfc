import { type Capabilities, WHATEVER_GRANTED } from './capabilities.ts';
import type { JsonSchema } from './json.ts';
import { contextTypes, plainTypes, statedTypes } from './toolModuleTypes.ts';

/** Characters of a schema's type; a schema that needs more is `any` from there on. */
const LONGEST = 200_000;
const DEEPEST = 40;

const basic: { readonly [type: string]: string } = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
  array: 'unknown[]',
  object: '{ [name: string]: unknown }',
};

/**
 * A JSON Schema as the TypeScript type that its values have, as far as TypeScript can say it.
 * @returns a type expression
 */
export function typeOfSchema(schema: JsonSchema): string {
  let written = 0;
  const root = schema;

  function typeOf(node: unknown, depth: number, following: readonly string[]): string {
    if (node === true || node === undefined) return 'any';
    if (node === false) return 'never';
    if (!isObject(node)) return 'any';
    if (depth > DEEPEST || written > LONGEST) return 'any';
    const text = described(node, depth, following);
    written += text.length;
    return text;
  }

  function described(node: JsonSchema, depth: number, following: readonly string[]): string {
    const { $ref } = node;
    if (typeof $ref === 'string') {
      // A schema that contains itself has no end as an expression.
      if (following.includes($ref)) return 'any';
      return typeOf(target(root, $ref), depth + 1, [...following, $ref]);
    }
    const inner = (part: unknown) => typeOf(part, depth + 1, following);
    if ('const' in node) return literal(node.const);
    if (Array.isArray(node.enum)) return union(node.enum.map(literal));
    const alternatives = node.oneOf ?? node.anyOf;
    const parts: string[] = [];
    if (Array.isArray(alternatives)) parts.push(`(${union(alternatives.map(inner))})`);
    if (Array.isArray(node.allOf)) parts.push(...node.allOf.map((part) => `(${inner(part)})`));
    const own = ownType(node, inner);
    if (own !== undefined) parts.unshift(parts.length > 0 ? `(${own})` : own);
    const known = parts.filter((part) => part !== '(any)');
    return known.length > 0 ? known.join(' & ') : 'any';
  }

  function ownType(node: JsonSchema, inner: (part: unknown) => string): string | undefined {
    const types = Array.isArray(node.type)
      ? node.type
      : node.type === undefined
        ? implied(node)
        : [node.type];
    if (types.length === 0) return undefined;
    return union(
      types.map((type) => {
        if (type === 'object' && (node.properties || node.additionalProperties !== undefined))
          return objectType(node, inner);
        if (type === 'array') return arrayType(node, inner);
        return basic[String(type)] ?? 'any';
      }),
    );
  }

  return typeOf(schema, 0, []);
}

function implied(node: JsonSchema): string[] {
  if (node.properties || node.required) return ['object'];
  return node.items || node.prefixItems ? ['array'] : [];
}

function objectType(node: JsonSchema, inner: (part: unknown) => string): string {
  const required = new Set(Array.isArray(node.required) ? node.required : []);
  const properties = Object.entries(isObject(node.properties) ? node.properties : {}).map(
    ([name, property]) => {
      const said = isObject(property) && typeof property.description === 'string' ? property.description : '';
      const comment = said ? `/** ${said.replaceAll('*/', '* /').replaceAll('\n', ' ')} */ ` : '';
      return `${comment}${JSON.stringify(name)}${required.has(name) ? '' : '?'}: ${inner(property)}`;
    },
  );
  const rest = node.additionalProperties;
  // TypeScript asks every named property to fit the rest: only where nothing is named does it say something.
  if (properties.length === 0)
    return rest === false ? '{}' : `{ [name: string]: ${isObject(rest) ? inner(rest) : 'unknown'} }`;
  if (rest !== false) properties.push('[name: string]: any');
  return `{ ${properties.join('; ')} }`;
}

function arrayType(node: JsonSchema, inner: (part: unknown) => string): string {
  const rest = node.items === undefined ? 'unknown' : node.items === false ? undefined : inner(node.items);
  if (!Array.isArray(node.prefixItems)) return rest === undefined ? '[]' : `(${rest})[]`;
  const first = node.prefixItems.map((item) => `(${inner(item)})?`);
  return `[${[...first, ...(rest === undefined ? [] : [`...(${rest})[]`])].join(', ')}]`;
}

function union(types: readonly string[]): string {
  const all = [...new Set(types)];
  return all.length === 0 ? 'never' : all.includes('any') ? 'any' : all.join(' | ');
}

function literal(value: unknown): string {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return JSON.stringify(value);
  return 'any';
}

function target(root: JsonSchema, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  const steps = reference.slice(1).split('/').filter(Boolean);
  return steps.reduce<unknown>((node, step) => {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    return isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
  }, root);
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What of a tool its types depend on. */
export interface TypedTool {
  input: JsonSchema;
  output: JsonSchema;
  capabilities: Capabilities;
  /** Without it, the source may state its schemas and capabilities, or not. */
  source?: string;
}

/**
 * What a tool's module sees besides the language, as a declaration file: `defineTool` with the types of the schemas, `console`,
 * and of the context only what the tool declares. The sandbox gives exactly this. What the module itself states (its schemas,
 * its capabilities) goes before what is said here.
 */
export function toolTypes({ input, output, capabilities, source }: TypedTool): string {
  const { network, secrets, memory, files, connections, models, questions } = capabilities;
  const named = (names: readonly string[]) =>
    names.includes(WHATEVER_GRANTED) ? 'string' : names.map((name) => JSON.stringify(name)).join(' | ');
  const context = [
    'ToolData',
    network.length > 0 && 'ToolNetwork',
    secrets.length > 0 && `ToolSecrets<${named(secrets)}>`,
    memory && 'ToolMemory',
    files && 'ToolFiles',
    connections.length > 0 && `ToolConnections<${named(connections)}>`,
    models.length > 0 && `ToolModels<${named(models)}>`,
    questions && 'ToolQuestions',
  ].filter(Boolean);
  return `type ToolInput = ${typeOfSchema(input)};
type ToolOutput = ${typeOfSchema(output)};
/** What the tool declares among its capabilities, as far as an admin has granted it. */
interface ToolContext extends ${context.join(', ')} {}
${contextTypes}${source === undefined || states(source) ? statedTypes : plainTypes}`;
}

/** Whether a source may state what its form says: only then are types inferred from it, which takes more of TypeScript. */
function states(source: string): boolean {
  return /^\s*(?:input|output|capabilities)\s*[:,]|[{,]\s*(?:input|output|capabilities)\s*:/m.test(source);
}
