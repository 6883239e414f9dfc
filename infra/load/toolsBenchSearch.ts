import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createToolSearch } from '@baton/tools-registry';
import { type CatalogTool, readToolDefinition } from '@baton/tools-registry/contract';
import { createEmbedder } from '../embeddings/index.ts';
import { percentile, rounded } from './statistics.ts';

const TOOLS = 10_000;
/** Texts the model reads. */
const READ = 400;
const verbs = 'create update delete find list send export import approve cancel merge archive'.split(' ');
const things =
  'invoice order customer payment shipment ticket contract report calendar message repository'.split(' ');
const places = 'warehouse store branch account region project team folder channel country'.split(' ');
const ways = 'by its number;for a given month;with all its lines;in the background;and tells the owner'.split(
  ';',
);
const questions = [
  'refund a payment',
  'give money back to a customer',
  'send message',
  'opn a tickt',
  'which parcels are on their way',
  'export report region',
  'create_invoice',
  'plan a meeting',
];

const pick = <T>(values: readonly T[], n: number) => values[n % values.length]!;

function tools(): CatalogTool[] {
  return Array.from({ length: TOOLS }, (_, n) => {
    const [verb, thing] = [pick(verbs, n), pick(things, Math.floor(n / verbs.length))];
    const place = pick(places, Math.floor(n / 131));
    return {
      id: `t${n}`,
      version: 1,
      origin: { kind: 'saved' },
      definition: readToolDefinition({
        name: `${verb}-${thing}-${place}-${n}`,
        description: `${verb}s one ${thing} of a ${place} ${pick(ways, n)}, number ${n}.`,
        tags: [thing],
        input: { properties: { [`${thing}Id`]: {}, [place]: {} } },
      }),
    };
  });
}

/** What a search over many tools costs, and what making them ready did. */
export async function benchToolSearch(root: string): Promise<unknown> {
  const all = tools();
  const embedder = createEmbedder({
    script: pathToFileURL(join(root, 'infra', 'dist', 'embeddings', 'main.js')),
    model: pathToFileURL(join(root, 'infra', 'embeddings', 'model/')),
    unavailable: (why) => {
      throw new Error(why);
    },
  });
  // The model reads some of them; the vectors of those stand for the others, so that the benchmark has an end.
  const texts = all.slice(0, READ).map(({ definition }) => `${definition.name}. ${definition.description}`);
  await embedder.embed(texts.slice(0, 1));
  const embeddingAt = performance.now();
  const read = (await embedder.embed(texts)) ?? [];
  const embedding = performance.now() - embeddingAt;
  let given = 0;
  const search = createToolSearch({
    sources: [{ owns: () => true, list: async () => all, get: async () => undefined }],
    embedder: {
      ...embedder,
      embed: async (asked, options) =>
        options?.soon ? embedder.embed(asked, options) : asked.map(() => pick(read, given++)),
    },
    vectors: { all: async () => [], keep: async () => {}, delete: async () => {} },
    now: Date.now,
    failed: (error) => {
      throw error;
    },
  });
  const request = { limit: 50, offset: 0, sees: () => true };
  const ask = async (q: string) => {
    const startedAt = performance.now();
    await search.search('bench', { ...request, q });
    return performance.now() - startedAt;
  };
  const before = process.memoryUsage().rss;
  const readyByWords = await ask('');
  await search.ready('bench');
  // A question never asked before: its meaning is computed, too.
  for (let n = 0; n < 20; n++) await ask(`${pick(questions, n)} ${n}`);
  const asked: number[] = [];
  for (let n = 0; n < 100; n++) asked.push(await ask(`${pick(questions, n)} ${TOOLS + n}`));
  const listed: number[] = [];
  for (let n = 0; n < 50; n++) listed.push(await ask(''));
  await embedder.close();

  const ms = (samples: readonly number[]) => ({
    p50: rounded(percentile(samples, 0.5)),
    p95: rounded(percentile(samples, 0.95)),
    p99: rounded(percentile(samples, 0.99)),
  });
  return {
    tools: TOOLS,
    searchMs: ms(asked),
    listMs: ms(listed),
    readyByWordsMs: rounded(readyByWords, 0),
    meaningMsOfATool: rounded(embedding / READ),
    grownByMB: rounded((process.memoryUsage().rss - before) / 1e6, 0),
  };
}
