import MiniSearch from 'minisearch';
import { type ToolText, wordsOf } from './toolText.ts';

/** Tools put in at once, before others get their turn. */
const CHUNK = 200;

/** Which tools have the words of a question, of a tenant. */
export interface WordIndex {
  /** In portions, so that nothing else waits for it. */
  fill(texts: readonly ToolText[]): Promise<void>;
  put(text: ToolText): void;
  remove(id: string): void;
  /** How well each fits, up to 1; at least half of the words are there, or begin or are nearly so. */
  find(question: string): Map<string, number>;
}

export function createWordIndex(): WordIndex {
  const index = new MiniSearch<ToolText>({
    fields: ['name', 'tags', 'description', 'parameters'],
    tokenize: wordsOf,
    processTerm: (term) => term,
    searchOptions: {
      boost: { name: 4, tags: 3, description: 1, parameters: 0.5 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  return {
    fill: (texts) => index.addAllAsync(texts, { chunkSize: CHUNK }),
    put(text) {
      if (index.has(text.id)) index.replace(text);
      else index.add(text);
    },
    remove(id) {
      if (index.has(id)) index.discard(id);
    },
    find(question) {
      const asked = new Set(wordsOf(question)).size;
      const found = index.search(question);
      const best = found[0]?.score ?? 1;
      const fits = new Map<string, number>();
      for (const { id, score, queryTerms } of found) {
        const share = new Set(queryTerms).size / asked;
        if (share >= 0.5) fits.set(id as string, share * (0.5 + (0.5 * score) / best));
      }
      return fits;
    },
  };
}
