import { ok, type Result } from '@baton/engine/protocol';
import type { Resource, ResourceStore } from '@baton/infra/store';
import type { DocumentHit, DocumentKind, DocumentSymbol } from '../../api/index.ts';
import { type Codec, canonical, codecs } from '../../documents/files/index.ts';
import { symbolsIn } from '../../documents/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { finderOf, type TextSearch } from './findInText.ts';

export interface DocumentSearch {
  /** Places in published texts, and in those of one's own drafts instead. */
  find(
    tenantId: string,
    by: string,
    kinds: readonly DocumentKind[],
    search: TextSearch & { limit: number },
  ): Promise<Result<{ hits: DocumentHit[]; documents: number; complete: boolean }, Refusal>>;
  /**
   * Named things inside of published documents that all words of the text are in, in any order: one at least in the name or id,
   * the others there or in the type or the name of the document.
   */
  symbols(
    tenantId: string,
    kinds: readonly DocumentKind[],
    text: string,
    limit: number,
  ): Promise<{ symbols: DocumentSymbol[]; complete: boolean }>;
}

const pageSize = 200;
/** Hits of one document. */
const mostInOne = 500;

export function createDocumentSearch(resources: ResourceStore): DocumentSearch {
  async function* documentsOf(tenantId: string, kinds: readonly DocumentKind[]) {
    for (const kind of kinds) {
      for (let offset = 0; ; offset += pageSize) {
        const { items, total } = await resources.list(tenantId, kind, { limit: pageSize, offset });
        for (const item of items) yield { kind, item };
        if (offset + pageSize >= total) break;
      }
    }
  }

  async function seenBy(
    tenantId: string,
    by: string,
    item: Resource,
  ): Promise<{ content: unknown; draft: boolean }> {
    if (item.draft?.updatedBy === by) {
      const draft = await resources.draft(tenantId, item.kind, item.id);
      if (draft) return { content: draft.content, draft: true };
    }
    return { content: item.content, draft: false };
  }

  return {
    async find(tenantId, by, kinds, { limit, ...search }) {
      const finder = finderOf(search);
      if (!finder.ok) {
        return refuse('VALIDATION_FAILED', `Expected a regular expression, but ${finder.failure}`, {
          issues: [{ path: ['query', 'text'], message: finder.failure }],
        });
      }
      const hits: DocumentHit[] = [];
      let documents = 0;
      for await (const { kind, item } of documentsOf(tenantId, kinds)) {
        const { content, draft } = await seenBy(tenantId, by, item);
        let found = 0;
        for (const [ending, text] of textsOf(kind, content)) {
          const most = Math.min(mostInOne - found, limit - hits.length);
          if (most <= 0) break;
          const places = finder.value(text, most);
          found += places.length;
          const { id, name } = item;
          hits.push(...places.map((place) => ({ kind, id, name, ending, draft, ...place })));
        }
        if (found > 0) documents++;
        if (hits.length >= limit) return ok({ hits, documents, complete: false });
      }
      return ok({ hits, documents, complete: true });
    },

    async symbols(tenantId, kinds, text, limit) {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean);
      const symbols: DocumentSymbol[] = [];
      for await (const { kind, item } of documentsOf(tenantId, kinds)) {
        for (const [ending, written] of textsOf(kind, item.content)) {
          for (const { name, type, id: element, line } of symbolsIn(kind, ending, written)) {
            const called = `${name}\n${element}`.toLowerCase();
            const around = `${called}\n${type}\n${item.name}`.toLowerCase();
            if (!words.every((word) => around.includes(word))) continue;
            if (words.length > 0 && !words.some((word) => called.includes(word))) continue;
            if (symbols.length >= limit) return { symbols, complete: false };
            const document = { kind, id: item.id, name: item.name };
            symbols.push({ document, name, type, element, ending, line });
          }
        }
      }
      return { symbols, complete: true };
    },
  };
}

/** The texts of its files; of a draft that is nothing yet, those it has. */
function textsOf(kind: DocumentKind, content: unknown): [string, string][] {
  const codec: Codec = codecs[kind];
  try {
    const written = Object.entries(codec.write(canonical(codec, content) as never));
    return written.filter(([, text]) => typeof text === 'string');
  } catch {
    return [];
  }
}
