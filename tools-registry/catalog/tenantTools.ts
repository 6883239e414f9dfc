import type { CatalogTool, Embedder, ToolSource } from '../contract/index.ts';
import { createMeaningIndex, inSteps } from './meaningIndex.ts';
import { toolMeaning, toolText } from './toolText.ts';
import { createWordIndex } from './wordIndex.ts';

/** Texts given to the model at once, and then kept. */
const PORTION = 64;

/** Vectors that were computed before; what is lost is computed again. */
export interface KeptVectors {
  all(tenantId: string, model: string): Promise<{ hash: string; vector: Int8Array }[]>;
  keep(
    tenantId: string,
    model: string,
    vectors: readonly { hash: string; vector: Int8Array }[],
  ): Promise<void>;
  delete(tenantId: string, model: string, hashes: readonly string[]): Promise<void>;
}

export interface ToolSearchWorld {
  /** In the order in which a name is theirs. */
  sources: readonly Omit<ToolSource, 'run'>[];
  /** Without it tools are found by their words. */
  embedder?: Embedder;
  vectors: KeptVectors;
  /** epoch ms */
  now(): number;
  /** Something that search does without. */
  failed(error: unknown): void;
}

/** The tools of a tenant, made ready to be looked through. */
export interface TenantTools {
  /** The tenant's own, those of servers, the product's, each by name. */
  sorted(): readonly CatalogTool[];
  get(id: string): CatalogTool | undefined;
  byWords(question: string): Map<string, number>;
  /** `undefined` as long as no tool's meaning is known. */
  byMeaning: ((question: Int8Array) => Map<string, number>) | undefined;
  /** Reads one tool anew, or all of `<server>.`. */
  refresh(name: string): Promise<void>;
  /** Resolves when every tool's meaning is known, or never will be. */
  readonly meant: Promise<void>;
}

const originOrder = { saved: 0, mcp: 1, builtIn: 2 } satisfies {
  [O in CatalogTool['origin']['kind']]: number;
};

function inListOrder(a: CatalogTool, b: CatalogTool): number {
  const origins = originOrder[a.origin.kind] - originOrder[b.origin.kind];
  return origins !== 0 ? origins : a.definition.name < b.definition.name ? -1 : 1;
}

export async function openTenantTools(
  tenantId: string,
  { sources, embedder, vectors, failed }: ToolSearchWorld,
): Promise<TenantTools> {
  const tools = new Map<string, CatalogTool>();
  const words = createWordIndex();
  const meaning = createMeaningIndex(embedder?.dimensions ?? 0);
  let inOrder: CatalogTool[] | undefined;
  let known: Map<string, Int8Array> | undefined;
  /** Hash of the meaning by the id of the tool, of those that are waited for. */
  const wanted = new Map<string, { hash: string; text: string }>();
  let meant: Promise<void> = Promise.resolve();
  let meaningful = embedder !== undefined;

  function put(tool: CatalogTool) {
    tools.set(tool.id, tool);
    inOrder = undefined;
    if (meaningful) wanted.set(tool.id, toolMeaning(tool));
  }
  function remove(id: string) {
    tools.delete(id);
    words.remove(id);
    meaning.remove(id);
    wanted.delete(id);
    inOrder = undefined;
  }

  /** Gives every tool that waits for it its vector: one that was kept, or one that is computed and kept. */
  async function mean({ model, embed }: Embedder) {
    known ??= new Map((await vectors.all(tenantId, model)).map(({ hash, vector }) => [hash, vector]));
    while (wanted.size > 0) {
      const missing = new Map<string, string>();
      for (const [id, { hash, text }] of wanted) {
        const vector = known.get(hash);
        if (vector) {
          meaning.put(id, vector);
          wanted.delete(id);
        } else if (missing.size < PORTION) missing.set(hash, text);
      }
      if (missing.size === 0) continue;
      const made = await embed([...missing.values()]);
      if (!made) {
        meaningful = false;
        wanted.clear();
        return;
      }
      const fresh = [...missing.keys()].map((hash, index) => ({ hash, vector: inSteps(made[index]!) }));
      for (const { hash, vector } of fresh) known.set(hash, vector);
      await vectors.keep(tenantId, model, fresh);
    }
  }

  function meanLater() {
    if (!embedder || !meaningful || wanted.size === 0) return;
    meant = meant.then(() => mean(embedder)).catch(failed);
  }

  /** What nobody needs any more, once all that is there is known. */
  async function tidy({ model }: Embedder) {
    const used = new Set([...tools.values()].map((tool) => toolMeaning(tool).hash));
    const unused = [...(known?.keys() ?? [])].filter((hash) => !used.has(hash));
    for (const hash of unused) known?.delete(hash);
    if (unused.length > 0) await vectors.delete(tenantId, model, unused);
  }

  /** A name belongs to the first source that owns it; others' tools of that name are nobody's. */
  const sourceOf = (name: string) => sources.find((source) => source.owns(name));
  const listed = await Promise.all(
    sources.map(async (source) =>
      (await source.list(tenantId)).filter((tool) => sourceOf(tool.definition.name) === source),
    ),
  );
  for (const tool of listed.flat()) put(tool);
  await words.fill([...tools.values()].map(toolText));
  meanLater();
  if (embedder && meaningful) meant = meant.then(() => tidy(embedder)).catch(failed);

  function replace(old: readonly CatalogTool[], fresh: readonly CatalogTool[]) {
    const kept = new Set(fresh.map(({ id }) => id));
    for (const { id } of old) if (!kept.has(id)) remove(id);
    for (const tool of fresh) {
      put(tool);
      words.put(toolText(tool));
    }
    meanLater();
  }

  return {
    sorted() {
      inOrder ??= [...tools.values()].sort(inListOrder);
      return inOrder;
    },
    get: (id) => tools.get(id),
    byWords: words.find,
    get byMeaning() {
      return meaning.size > 0 ? meaning.find : undefined;
    },
    get meant() {
      return meant;
    },
    async refresh(name) {
      const whole = name.endsWith('.');
      const source = sourceOf(whole ? `${name}tool` : name);
      const fits = (tool: CatalogTool) =>
        whole ? tool.definition.name.startsWith(name) : tool.definition.name === name;
      const fresh = whole
        ? ((await source?.list(tenantId)) ?? []).filter(fits)
        : [await source?.get(tenantId, name, undefined)].filter((tool) => tool !== undefined);
      replace([...tools.values()].filter(fits), fresh);
    },
  };
}
