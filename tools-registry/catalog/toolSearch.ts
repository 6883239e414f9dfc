import type { CatalogTool, ToolOrigin } from '../contract/index.ts';
import { inSteps } from './meaningIndex.ts';
import { openTenantTools, type TenantTools, type ToolSearchWorld } from './tenantTools.ts';

export interface ToolSearchRequest {
  q?: string | undefined;
  tag?: string | undefined;
  origin?: ToolOrigin['kind'] | undefined;
  /** Name of an MCP server. */
  server?: string | undefined;
  limit: number;
  offset: number;
  /** Whether who asks may know of the tool. */
  sees(name: string): boolean;
}

export interface FoundTools {
  items: { tool: CatalogTool; score?: number }[];
  total: number;
  /** Of all that were found, the most frequent first. */
  tags: { tag: string; count: number }[];
}

export interface ToolSearch {
  search(tenantId: string, request: ToolSearchRequest): Promise<FoundTools>;
  get(tenantId: string, name: string): Promise<CatalogTool | undefined>;
  /** A tool was saved, renamed or deleted, or tools of a server were: `<server>.`. Without a name anything may have been. */
  changed(tenantId: string, name?: string): void;
  /** Changes may have been missed. */
  forgetAll(): void;
  /** Resolves when the tenant's tools are found by their meaning, too. */
  ready(tenantId: string): Promise<void>;
}

/** ms without a question after which a tenant's tools are not kept ready any more. */
const IDLE = 30 * 60_000;
/** Questions whose vectors are kept: the next page of an answer is the same question. */
const QUESTIONS = 200;

interface Kept {
  tools: Promise<TenantTools>;
  /** Changes that are read, one after the other. */
  changes: Promise<void>;
  usedAt: number;
}

/** Finds tools of all sources by their words and by what they mean. */
export function createToolSearch(world: ToolSearchWorld): ToolSearch {
  const { sources, embedder, now, failed } = world;
  const kept = new Map<string, Kept>();
  const questions = new Map<string, Int8Array>();

  function keptOf(tenantId: string): Kept {
    const at = now();
    for (const [id, { usedAt }] of kept) if (at - usedAt > IDLE) kept.delete(id);
    let found = kept.get(tenantId);
    if (!found) {
      const opened = openTenantTools(tenantId, world);
      found = { tools: opened, changes: Promise.resolve(), usedAt: at };
      kept.set(tenantId, found);
      const mine = found;
      opened.catch(() => {
        if (kept.get(tenantId) === mine) kept.delete(tenantId);
      });
    }
    found.usedAt = at;
    return found;
  }

  async function vectorOf(question: string): Promise<Int8Array | undefined> {
    const before = questions.get(question);
    if (before) return before;
    const [vector] = (await embedder?.embed([question], { soon: true })) ?? [];
    if (!vector) return undefined;
    const steps = inSteps(vector);
    if (questions.size >= QUESTIONS) questions.delete(questions.keys().next().value!);
    questions.set(question, steps);
    return steps;
  }

  /** How well each tool fits, by words, by meaning, or by both. */
  async function scores(tools: TenantTools, question: string): Promise<Map<string, number>> {
    const found = tools.byWords(question);
    const near = tools.byMeaning;
    const vector = near && (await vectorOf(question));
    for (const [id, words] of found) found.set(id, 0.9 * words);
    if (near && vector) {
      for (const [id, meaning] of near(vector))
        found.set(id, 1 - (1 - (found.get(id) ?? 0)) * (1 - 0.8 * meaning));
    }
    return found;
  }

  async function scored(tools: TenantTools, question: string) {
    const found: { tool: CatalogTool; score: number }[] = [];
    for (const [id, score] of await scores(tools, question)) {
      const tool = tools.get(id);
      if (tool) found.push({ tool, score: tool.definition.name === question ? 1 : score });
    }
    return found.sort(
      (a, b) => b.score - a.score || (a.tool.definition.name < b.tool.definition.name ? -1 : 1),
    );
  }

  return {
    async search(tenantId, { q = '', limit, offset, ...wanted }) {
      const { tools: opened, changes } = keptOf(tenantId);
      const tools = await opened;
      await changes;
      const question = q.trim();
      const all: FoundTools['items'] =
        question === '' ? tools.sorted().map((tool) => ({ tool })) : await scored(tools, question);
      const found = all.filter(({ tool }) => fits(tool, wanted));
      return {
        items: found
          .slice(offset, offset + limit)
          .map(({ tool, score }) =>
            score === undefined ? { tool } : { tool, score: Math.round(score * 1_000) / 1_000 },
          ),
        total: found.length,
        tags: tagsOf(found),
      };
    },
    get: async (tenantId, name) =>
      sources.find((source) => source.owns(name))?.get(tenantId, name, undefined),
    changed(tenantId, name) {
      const mine = kept.get(tenantId);
      if (!mine) return;
      if (name === undefined) {
        kept.delete(tenantId);
        return;
      }
      mine.changes = mine.changes
        .then(async () => (await mine.tools).refresh(name))
        .catch((error: unknown) => {
          // What is not known to be right is read anew by the next question.
          if (kept.get(tenantId) === mine) kept.delete(tenantId);
          failed(error);
        });
    },
    forgetAll: () => kept.clear(),
    async ready(tenantId) {
      const { tools, changes } = keptOf(tenantId);
      await changes;
      await (await tools).meant;
    },
  };
}

function fits(
  { definition, origin }: CatalogTool,
  { tag, origin: kind, server, sees }: Omit<ToolSearchRequest, 'q' | 'limit' | 'offset'>,
): boolean {
  return (
    (tag === undefined || (definition.tags?.includes(tag) ?? false)) &&
    (kind === undefined || origin.kind === kind) &&
    (server === undefined || (origin.kind === 'mcp' && origin.server === server)) &&
    sees(definition.name)
  );
}

function tagsOf(found: FoundTools['items']): FoundTools['tags'] {
  const counts = new Map<string, number>();
  for (const { tool } of found)
    for (const tag of tool.definition.tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1));
}
