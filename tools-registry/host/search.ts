import MiniSearch from 'minisearch';
import type { JsonValue } from '../contract/index.ts';
import { countOf, exactly, invalid, text, wholeNumber, withArguments } from './arguments.ts';
import { type HostService, refused, type ToolCallPlace } from './service.ts';

/** Texts of one index. */
const MOST = 1_000;
/** Characters of JSON of what is given back with a text. */
const LARGEST_DATA = 50_000;

interface Kept {
  text: string;
  data?: JsonValue;
  /** Its meaning, if that was known when it was kept, and by which model. */
  vector?: { model: string; values: number[] };
}

interface Document {
  id: string;
  text: string;
  data?: JsonValue;
}

const index = text(60, 1);

function scopeOf({ toolId, keepsWith = toolId }: ToolCallPlace, name: string): string {
  return `search/${keepsWith}/${name}`;
}

/** `search.index(name, documents)` and `search.query(name, text)`: texts that a tool keeps, found by words and meaning. */
export const searchServices = {
  'search.index': withArguments<{ index: string; documents: Document[] }>({
    kind: 'data',
    input: exactly(
      {
        index,
        documents: {
          type: 'array',
          minItems: 1,
          maxItems: 100,
          items: exactly({ id: text(100, 1), text: text(20_000, 1), data: {} }, ['id', 'text']),
        },
      },
      ['index', 'documents'],
    ),
    what: ({ index: name, documents }) =>
      `index ${String(name).slice(0, 60)}: ${Array.isArray(documents) ? documents.length : 0}`,
    async answer({ index: name, documents }, place) {
      const { world, tenantId, capabilities, declared } = place;
      if (!capabilities.memory) return refused('values kept between calls', declared.memory);
      const large = documents.find(({ data }) => JSON.stringify(data ?? null).length > LARGEST_DATA);
      if (large)
        return invalid(
          `Expected at most ${LARGEST_DATA} characters of data beside a text, but '${large.id}' has more`,
        );
      const { embedder } = world;
      const vectors = await embedder?.embed(
        documents.map((each) => each.text),
        { soon: true },
      );
      for (const [at, { id, text: plain, data }] of documents.entries()) {
        const values = vectors?.[at];
        const kept: Kept = {
          text: plain,
          ...(data !== undefined && { data }),
          ...(embedder && values && { vector: { model: embedder.model, values: [...values].map(rounded) } }),
        };
        const value = kept as unknown as JsonValue;
        if (!(await world.values.set(tenantId, scopeOf(place, name), id, value, MOST)))
          return invalid(`Expected at most ${MOST} texts in '${name}', but there are more`);
      }
      return { ok: true, value: { count: documents.length } };
    },
    outcome: (value) => `${(value as { count: number }).count} kept`,
  }),

  'search.query': withArguments<{ index: string; query: string; limit?: number }>({
    kind: 'data',
    input: exactly({ index, query: text(2_000, 1), limit: wholeNumber(1, 50) }, ['index', 'query']),
    what: ({ index: name }) => `search ${String(name).slice(0, 60)}`,
    async answer({ index: name, query, limit = 5 }, place) {
      const { world, tenantId, capabilities, declared } = place;
      if (!capabilities.memory) return refused('values kept between calls', declared.memory);
      const scope = scopeOf(place, name);
      const ids = await world.values.keys(tenantId, scope);
      const found = await Promise.all(
        ids.map(async (id) => ({
          id,
          ...((await world.values.get(tenantId, scope, id)) as unknown as Kept),
        })),
      );
      const words = new MiniSearch<{ id: string; text: string }>({
        fields: ['text'],
        searchOptions: { prefix: true, fuzzy: 0.2 },
      });
      words.addAll(found);
      const hits = words.search(query);
      const best = hits[0]?.score ?? 1;
      const byWords = new Map(hits.map(({ id, score }) => [String(id), score / best]));
      const { embedder } = world;
      const meant = await embedder?.embed([query], { soon: true });
      const wanted = meant?.[0];
      const scored = found.map(({ id, text: plain, data, vector }) => {
        const meaning =
          wanted && vector && vector.model === embedder?.model ? likeness(wanted, vector.values) : 0;
        const score = (byWords.get(id) ?? 0) + 2 * Math.max(0, meaning - 0.2);
        return { id, text: plain, ...(data !== undefined && { data }), score: rounded(score) };
      });
      const results = scored
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
      return { ok: true, value: { results } };
    },
    outcome: (value) => `${countOf(value, 'results')} found`,
  }),
} satisfies { [name: string]: HostService };

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

/** Of vectors of length 1. */
function likeness(one: Float32Array, other: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
