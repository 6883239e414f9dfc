import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import type { DocumentStore, ResourceKind } from '@baton/infra/store';
import { openGateways } from './gateways.ts';
import { percentile, rounded } from './statistics.ts';

const TENANT = 'bench';
const DOCUMENTS = 5_000;
const PAGE = 1_000;
const ROUNDS = 12;
/** Rounds in which code is compiled while it runs. */
const WARM_UP = 3;
const kinds: readonly ResourceKind[] = ['workflow', 'agent', 'tool', 'task', 'prompt'];

async function seed(store: DocumentStore): Promise<void> {
  await store.tenants.create({ id: TENANT, name: 'Bench', at: new Date(0) });
  const at = new Date();
  const create = async (n: number) => {
    const made = await store.resources.create(TENANT, kinds[n % kinds.length]!, randomUUID(), {
      name: `document-${String(n).padStart(5, '0')}`,
      content: { description: `Of kind ${n}`, text: 'It is as long as many are. '.repeat(240) },
      author: 'bench',
      message: '',
      at,
      references: ['provider/mock'],
    });
    if (!made.ok) throw new Error(made.failure.code);
  };
  for (let n = 0; n < DOCUMENTS; n += 50)
    await Promise.all(Array.from({ length: 50 }, (_, m) => create(n + m)));
}

/** The tree of the explorer: each page of a thousand rows among five thousand documents of 6 kB. */
export async function benchDocuments(): Promise<unknown> {
  const gateways = await openGateways();
  try {
    await seed(gateways.store);
    const { port } = await gateways.start(undefined, 1_000_000);
    const token = await gateways.token({ sub: 'busy', tenant: TENANT, roles: ['owner'] });
    const before = loadavg()[0]!;
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (let offset = 0; offset < DOCUMENTS; offset += PAGE) {
        const begun = performance.now();
        const answer = await fetch(`http://127.0.0.1:${port}/api/documents?limit=${PAGE}&offset=${offset}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        const { items, total } = (await answer.json()) as { items: unknown[]; total: number };
        if (items.length !== PAGE || total !== DOCUMENTS)
          throw new Error(`Expected ${PAGE} of ${DOCUMENTS} documents, but got ${items.length} of ${total}`);
        if (round >= WARM_UP) times.push(performance.now() - begun);
      }
    }
    const figures = { p50: rounded(percentile(times, 0.5)), p95: rounded(percentile(times, 0.95)) };
    console.log(`a page of ${PAGE} rows among ${DOCUMENTS} documents, ms`);
    console.table(figures);
    return {
      goals: 'p95 < 100 ms',
      documents: DOCUMENTS,
      rows: PAGE,
      loadBefore: rounded(before),
      ...figures,
    };
  } finally {
    await gateways.dispose();
  }
}
