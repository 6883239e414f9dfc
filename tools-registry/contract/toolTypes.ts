import { type Capabilities, WHATEVER_GRANTED } from './capabilities.ts';
import type { JsonSchema } from './json.ts';

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
}

/**
 * What a tool's module sees besides the language, as a declaration file: `defineTool` with the types of the schemas, `console`,
 * and of the context only what the tool declares. The sandbox gives exactly this.
 */
export function toolTypes({ input, output, capabilities }: TypedTool): string {
  const { network, secrets, memory, files, connections, models, questions } = capabilities;
  const named = (names: readonly string[]) =>
    names.includes(WHATEVER_GRANTED) ? 'string' : names.map((name) => JSON.stringify(name)).join(' | ');
  const context = [
    network.length > 0 &&
      `/** Sends a request to one of: ${network.join(', ')}. Redirects are answers, not followed. */
  fetch: (url: string | { toString(): string }, request?: ToolRequest) => Promise<ToolResponse>;`,
    secrets.length > 0 &&
      `/** Secrets of the tenant; whatever the call leaves behind shows them masked. */
  secrets: { get(name: ${named(secrets)}): Promise<string> };`,
    memory &&
      `/** Values that this tool keeps from call to call; \`null\` when there is none. */
  state: { get(key: string): Promise<any>; set(key: string, value: unknown): Promise<void>; delete(key: string): Promise<void>; list(): Promise<string[]> };
  /** Texts that this tool keeps, found by words and meaning. */
  search: { index(index: string, documents: { id: string; text: string; data?: unknown }[]): Promise<{ count: number }>; query(index: string, query: string, options?: { limit?: number }): Promise<{ results: { id: string; text: string; data?: any; score: number }[] }> };`,
    files &&
      `/** Texts that all steps of the run share; \`null\` when there is none. */
  files: { list(): Promise<string[]>; read(name: string): Promise<string | null>; write(name: string, content: string): Promise<void> };`,
    connections.length > 0 &&
      `/** Statements to a PostgreSQL ($1, $2 …) or MySQL (?) connection; it only reads, unless the tool declares a side effect. */
  db: { query<Row = { [column: string]: any }>(connection: ${named(connections)}, sql: string, parameters?: readonly unknown[], options?: { rows?: number }): Promise<{ rows: Row[]; count: number; truncated: boolean }> };
  /** Requests to a MongoDB connection, in extended JSON: { $oid: '…' }, { $date: '…' }. */
  mongodb: ToolMongodb<${named(connections)}>;
  /** Mail by an SMTP connection; the tool has to declare a side effect. */
  email: { send(connection: ${named(connections)}, mail: ToolMail): Promise<{ messageId: string; accepted: string[]; rejected: string[] }> };`,
    models.length > 0 &&
      `/** One answer of a model. */
  llm: { ask(question: { provider: ${named(models)}; model: string; prompt: string; system?: string; maxTokens?: number; temperature?: number }): Promise<{ text: string; model: string; inputTokens: number; outputTokens: number }> };`,
    questions &&
      `/** Asks a person; the call ends here, and goes on from here with the answer, minutes or days later. */
  ask: (question: ToolQuestion) => Promise<ToolAnswer>;`,
    `/** The value of a FEEL expression over the variables. */
  feel: (expression: string, variables?: { [name: string]: unknown }) => Promise<any>;
  /** Rows of a CSV text: objects by its first line, or lists with { header: false }; and the other way. */
  csv: { parse(text: string, options?: { header?: boolean; delimiter?: ',' | ';' | '\\t' | '|'; convert?: boolean }): Promise<any[]>; format(rows: readonly unknown[], options?: { columns?: string[]; delimiter?: ',' | ';' | '\\t' | '|' }): Promise<string> };
  /** What a page says, without its markup. */
  html: { text(html: string): Promise<string> };`,
  ].filter(Boolean);
  return `type ToolInput = ${typeOfSchema(input)};
type ToolOutput = ${typeOfSchema(output)};
interface ToolRequest { method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; headers?: { [name: string]: string }; body?: string }
interface ToolResponse { readonly status: number; readonly ok: boolean; readonly headers: { readonly [name: string]: string }; text(): Promise<string>; json(): Promise<any> }
/** \`schema\` is of the answer's content, an object; \`proposed\` is what its form begins with. */
interface ToolQuestion { message: string; schema?: { [keyword: string]: unknown }; proposed?: { [name: string]: unknown } }
type ToolAnswer = { action: 'accept'; content: { [name: string]: any } } | { action: 'decline' } | { action: 'cancel' };
interface ToolMail { to: string[]; subject: string; text?: string; html?: string; from?: string; cc?: string[]; bcc?: string[]; replyTo?: string; attachments?: { filename: string; content: string; contentType?: string }[] }
type ToolDocument = { [name: string]: any };
interface ToolMongodb<Name> {
  find(connection: Name, collection: string, options?: { filter?: ToolDocument; projection?: ToolDocument; sort?: ToolDocument; skip?: number; limit?: number }): Promise<{ documents: ToolDocument[]; truncated: boolean }>;
  aggregate(connection: Name, collection: string, options: { pipeline: ToolDocument[]; limit?: number }): Promise<{ documents: ToolDocument[]; truncated: boolean }>;
  count(connection: Name, collection: string, options?: { filter?: ToolDocument }): Promise<{ count: number }>;
  insert(connection: Name, collection: string, options: { documents: ToolDocument[] }): Promise<{ count: number; ids: any[] }>;
  update(connection: Name, collection: string, options: { filter?: ToolDocument; update: ToolDocument; many?: boolean }): Promise<{ count: number; changed: number }>;
  delete(connection: Name, collection: string, options?: { filter?: ToolDocument; many?: boolean }): Promise<{ count: number }>;
}
/** What the tool declares among its capabilities, as far as an admin has granted it. */
interface ToolContext {
  ${context.join('\n  ')}
}
interface ToolModule {
  /** Called once a call, with arguments that fit the input schema; its answer has to fit the output schema. */
  run(input: ToolInput, context: ToolContext): ToolOutput | Promise<ToolOutput>;
}
/** The default export of a tool's module. */
declare function defineTool(tool: ToolModule): ToolModule;
/** Writes to the log of the call. */
declare const console: { log(...parts: unknown[]): void; info(...parts: unknown[]): void; warn(...parts: unknown[]): void; error(...parts: unknown[]): void; debug(...parts: unknown[]): void };
`;
}
