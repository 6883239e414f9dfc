import type { ResourceKind } from '@baton/infra/store';
import { isBuiltInSource, sourceOfName } from '@baton/tools-registry/contract';

/** How a content names another resource, as `ResourceStore.referring` finds it. */
export function referenceTo(kind: ResourceKind, name: string): string {
  return `${kind}/${name}`;
}

/** How a content says that it names a tool of an MCP server. */
export function mcpServerReference(server: string): string {
  return `mcpServer/${server}`;
}

/** What a content that names a tool cannot do without: the tool, and the server it is of. */
export function toolReferences(name: string): string[] {
  const source = sourceOfName(name);
  const tool = referenceTo('tool', name);
  return source === undefined || isBuiltInSource(source) ? [tool] : [tool, mcpServerReference(source)];
}
