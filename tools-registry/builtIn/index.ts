import { type CatalogTool, isBuiltInSource, sourceOfName, type ToolSource } from '../contract/index.ts';
import { runInSandbox, type ToolRuntime } from '../runTool.ts';
import type { BuiltInTool } from './builtInTool.ts';
import { dataTools } from './data.ts';
import { databaseTools } from './databases.ts';
import { emailTools } from './email.ts';
import { httpTools } from './http.ts';
import { fileTools, stateTools } from './kept.ts';
import { searchTools } from './search.ts';
import { timeTools } from './time.ts';

/** All tools of the product. */
export const builtInDefinitions: readonly BuiltInTool[] = [
  ...httpTools,
  ...dataTools,
  ...stateTools,
  ...fileTools,
  ...databaseTools,
  ...searchTools,
  ...timeTools,
  ...emailTools,
];

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
    run: (tool, { tenantId, arguments: input, run, answers, resume }, signal) =>
      runInSandbox(runtime, { tenantId, tool, input, run, answers, resume }, signal),
  };
}

function catalogTool(tool: BuiltInTool | undefined): CatalogTool | undefined {
  if (!tool) return undefined;
  const { id, definition, family } = tool;
  return {
    id,
    definition,
    version: 1,
    origin: { kind: 'builtIn' },
    ...(family !== undefined && { keepsWith: family }),
  };
}
