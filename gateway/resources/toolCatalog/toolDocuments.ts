import { ok, type Result } from '@baton/engine/protocol';
import {
  type ContentProblem,
  type ImportedTool,
  resourceName,
  type ToolContent,
  type ToolDocument,
  toolContent,
  toolDocument,
} from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { everyResource, type VersionedService } from '../versioned/index.ts';

export interface ToolDocuments {
  /** @param names of all tools without it */
  exported(tenantId: string, names: readonly string[] | undefined): Promise<Result<ToolDocument[], Refusal>>;
}

export function createToolDocuments(tools: VersionedService<ToolContent>): ToolDocuments {
  return {
    async exported(tenantId, names) {
      const wanted = names && new Set(names);
      const found = await everyResource(tools, tenantId, ({ name }) => !wanted || wanted.has(name));
      const missing = [...(wanted ?? [])].filter((name) => !found.some((tool) => tool.name === name));
      if (missing.length > 0) {
        return refuse(
          'NOT_FOUND',
          `Expected tools of these names, but there is no ${missing.slice(0, 10).join(', ')}`,
          { missing },
        );
      }
      return ok(
        found.map(({ name, content }) => ({
          format: 'baton-tool',
          formatVersion: 1,
          name,
          content: sorted(content) as ToolDocument['content'],
        })),
      );
    },
  };
}

/** The same value with its members by name, so that it is always written the same way. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

/** What a document says, checked like a tool that is saved. */
export function readToolDocument(
  given: unknown,
): Result<{ name: string; content: ToolContent }, Pick<ImportedTool, 'name' | 'problems'>> {
  const read = toolDocument.extend({ name: resourceName, content: toolContent }).safeParse(given);
  if (read.success) return ok(read.data);
  const name = (given as { name?: unknown } | null)?.name;
  const problems = read.error.issues.map(
    ({ path, code, message }): ContentProblem => ({
      path: path.map(String),
      code: code.toUpperCase(),
      severity: 'error',
      message,
    }),
  );
  return { ok: false, failure: { name: typeof name === 'string' ? name : '', problems } };
}
