import { type Node, parse } from 'acorn';
import type { Capabilities, JsonSchema, JsonValue } from '../contract/index.ts';
import { compileTool } from './compile.ts';

/** What a tool's source says of the tool, beside what it does. */
export interface StatedTool {
  name?: string;
  description?: string;
  input?: JsonSchema;
  output?: JsonSchema;
  capabilities?: Partial<Capabilities>;
}

/** A statement that cannot be read without running the source. */
export interface StatedProblem {
  field: keyof StatedTool;
  /** "Expected …, but …" */
  message: string;
  /** 1-based. */
  line: number;
  column: number;
}

const fields = {
  name: (value) => typeof value === 'string',
  description: (value) => typeof value === 'string',
  input: isObject,
  output: isObject,
  capabilities: isObject,
} satisfies { [F in keyof StatedTool]: (value: unknown) => boolean };

/** A node of the source's tree: what acorn makes, by the field it is looked at for. */
type Tree = Node & { [field: string]: unknown };
type Places = Map<string, Tree>;

/** Not written out. */
class Computed extends Error {
  readonly node: Tree;
  constructor(node: Tree) {
    super();
    this.node = node;
  }
}

/**
 * Reads what `defineTool({ name, description, input, output, capabilities, run })` states, from the text alone: literals, and
 * constants of the module that are literals. Nothing of the source is run.
 * @returns nothing stated for a source that is not TypeScript, or that defines no tool
 */
export function statedIn(source: string): { stated: StatedTool; problems: StatedProblem[] } {
  const compiled = compileTool(source);
  const nothing = { stated: {}, problems: [] };
  if (!compiled.ok) return nothing;
  let module: Tree;
  try {
    module = parse(compiled.code, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      locations: true,
    }) as unknown as Tree;
  } catch {
    return nothing;
  }
  const constants = constantsOf(module);
  const tool = toolOf(module, constants);
  if (!tool) return nothing;
  const stated: { [field: string]: unknown } = {};
  const problems: StatedProblem[] = [];
  for (const property of tool.properties as Tree[]) {
    const field = nameOf(property);
    if (field === undefined || !Object.hasOwn(fields, field)) continue;
    const known = field as keyof typeof fields;
    const wrong = (node: Node, but: string) => {
      const { line = 1, column = 0 } = node.loc?.start ?? {};
      const message = `Expected the tool's ${field} to be written out, so that it can be read without running it, but ${but}`;
      problems.push({ field: known, message, line, column: column + 1 });
    };
    try {
      const value = writtenIn(property.value as Tree, constants, []);
      if (fields[known](value)) stated[field] = value;
      else wrong(property, 'it is another kind of value');
    } catch (error) {
      // Deeper than anybody writes.
      if (error instanceof RangeError) wrong(property, 'it is nested too deeply');
      else if (error instanceof Computed) wrong(error.node, 'it is computed');
      else throw error;
    }
  }
  return { stated, problems };
}

/** Constants of the module that are never assigned anew. */
function constantsOf(module: Tree): Places {
  const found: Places = new Map();
  for (const statement of module.body as Tree[]) {
    const declared = (
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    ) as Tree | null;
    if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') continue;
    for (const { id, init } of declared.declarations as { id: Tree; init: Tree | null }[])
      if (id.type === 'Identifier' && init) found.set(id.name as string, init);
  }
  return found;
}

/** The object that `defineTool` is called with, for the default export. */
function toolOf(module: Tree, constants: Places): Tree | undefined {
  const exported = (module.body as Tree[]).find(({ type }) => type === 'ExportDefaultDeclaration');
  let node = exported?.declaration as Tree | undefined;
  if (node?.type === 'Identifier') node = constants.get(node.name as string);
  if (node?.type === 'CallExpression') node = (node.arguments as Tree[])[0];
  if (node?.type === 'Identifier') node = constants.get(node.name as string);
  return node?.type === 'ObjectExpression' ? node : undefined;
}

function nameOf(property: Tree): string | undefined {
  if (property.type !== 'Property' || property.computed || property.kind !== 'init') return undefined;
  const key = property.key as Tree;
  return key.type === 'Identifier' ? (key.name as string) : String(key.value);
}

/** @throws Computed */
function writtenIn(node: Tree, constants: Places, following: readonly string[]): JsonValue {
  const inner = (part: unknown) => writtenIn(part as Tree, constants, following);
  switch (node.type) {
    case 'Literal':
      if (node.regex || typeof node.value === 'bigint') throw new Computed(node);
      return node.value as JsonValue;
    case 'TemplateLiteral':
      if ((node.expressions as unknown[]).length > 0) throw new Computed(node);
      return (node.quasis as { value: { cooked: string } }[])[0]?.value.cooked ?? '';
    case 'UnaryExpression': {
      const value = inner(node.argument);
      if (node.operator !== '-' || typeof value !== 'number') throw new Computed(node);
      return -value;
    }
    case 'ArrayExpression':
      return (node.elements as (Tree | null)[]).flatMap((element) => {
        if (!element) throw new Computed(node);
        if (element.type !== 'SpreadElement') return [inner(element)];
        const spread = inner(element.argument);
        if (!Array.isArray(spread)) throw new Computed(element);
        return spread;
      });
    case 'ObjectExpression':
      return Object.fromEntries(
        (node.properties as Tree[]).flatMap((property): [string, JsonValue][] => {
          if (property.type === 'SpreadElement') {
            const spread = inner(property.argument);
            if (!isObject(spread)) throw new Computed(property);
            return Object.entries(spread) as [string, JsonValue][];
          }
          const name = nameOf(property);
          if (name === undefined) throw new Computed(property);
          return [[name, inner(property.value)]];
        }),
      );
    case 'Identifier': {
      const name = node.name as string;
      const constant = constants.get(name);
      if (!constant || following.includes(name)) throw new Computed(node);
      return writtenIn(constant, constants, [...following, name]);
    }
    default:
      throw new Computed(node);
  }
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
