import { type CatalogTool, isBuiltInSource, sourceOfName, type ToolSource } from '../contract/index.ts';
import { runInSandbox, type ToolRuntime } from '../runTool.ts';
import type { BuiltInTool } from './builtInTool.ts';
import { timeTools } from './time.ts';

/** All tools of the product. */
export const builtInDefinitions: readonly BuiltInTool[] = [...timeTools];

const byName = new Map(builtInDefinitions.map((tool) => [tool.definition.name, tool]));
const byId = new Map(builtInDefinitions.map((tool) => [tool.id, tool]));

/** The product's tool of the id; `undefined` when the id is of another tool. */
export function builtInOfId(id: string): CatalogTool | undefined {
  return catalogTool(byId.get(id));
}

/** Tools of the product, the same in every tenant; what each may do there, an admin of the tenant says. */
export function builtInTools(runtime: ToolRuntime): ToolSource {
  return {
    owns: (name) => isBuiltInSource(sourceOfName(name) ?? ''),
    get: async (_tenantId, name, version) =>
      version === undefined || version === 1 ? catalogTool(byName.get(name)) : undefined,
    list: async () => builtInDefinitions.map((tool) => catalogTool(tool) as CatalogTool),
    run: (tool, { tenantId, arguments: input, run, answers, resume }, signal) => {
      const keepsWith = byId.get(tool.id)?.family;
      return runInSandbox(runtime, { tenantId, tool, input, run, keepsWith, answers, resume }, signal);
    },
  };
}

function catalogTool(tool: BuiltInTool | undefined): CatalogTool | undefined {
  return tool && { id: tool.id, definition: tool.definition, version: 1, origin: { kind: 'builtIn' } };
}
