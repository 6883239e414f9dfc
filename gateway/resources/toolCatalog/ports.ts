import type { PageRequest } from '@baton/infra/store';
import type { CatalogTool, ToolOrigin } from '@baton/tools-registry/contract';

export interface ToolSearchRequest extends PageRequest {
  /** What is looked for, in words or by what they mean; all tools by name without it. */
  q?: string | undefined;
  tag?: string | undefined;
  origin?: ToolOrigin['kind'] | undefined;
  /** Name of an MCP server. */
  server?: string | undefined;
  /** Whether who asks may know of the tool. */
  sees(name: string): boolean;
}

export interface FoundTool {
  tool: CatalogTool;
  /** Up to 1; without words there is none. */
  score?: number;
}

export interface FoundTools {
  items: FoundTool[];
  total: number;
  /** Of all that were found, the most frequent first. */
  tags: { tag: string; count: number }[];
}

/** Tools of every origin, and how they are found. */
export interface ToolSearch {
  search(tenantId: string, request: ToolSearchRequest): Promise<FoundTools>;
  get(tenantId: string, name: string): Promise<CatalogTool | undefined>;
}
