import {
  type Capabilities,
  type JsonSchema,
  noCapabilities,
  readToolDefinition,
  type ToolDefinition,
  type ToolLimits,
} from '../contract/index.ts';

/** A tool of the product, written as a tenant's are, and run the same way. */
export interface BuiltInTool {
  /** Of the product, the same in every tenant: what an admin grants it goes by this. */
  id: string;
  definition: ToolDefinition;
  /** Tools whose values are one: what one of them keeps, the others find. */
  family?: string;
}

export interface BuiltInSource {
  name: string;
  description: string;
  input: JsonSchema;
  output: JsonSchema;
  /** Body of `run(input, context)`. */
  run: string;
  capabilities?: Partial<Capabilities>;
  sideEffect?: boolean;
  egress?: boolean;
  limits?: Partial<ToolLimits>;
}

/** `http.request` has the id `builtin-http-request`. */
export function builtInId(name: string): string {
  return `builtin-${name.replaceAll('.', '-').toLowerCase()}`;
}

export function builtInTool(
  { run, capabilities, limits, ...said }: BuiltInSource,
  family?: string,
): BuiltInTool {
  return {
    id: builtInId(said.name),
    definition: readToolDefinition({
      ...said,
      source: `export default defineTool({ async run(input, context) {\n${run}\n} });\n`,
      capabilities: { ...noCapabilities, ...capabilities },
      limits: { timeout: 30_000, memory: 32_000_000, ...limits },
    }),
    ...(family !== undefined && { family }),
  };
}
