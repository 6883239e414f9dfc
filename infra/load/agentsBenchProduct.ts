import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rateNames } from '@baton/gateway/api';
import { type Api, signedIn } from '../e2e/api.ts';
import { startProduct } from '../e2e/product.ts';
import { processTree, residentBytes } from './processFigures.ts';
import { type AskedModel, startProviderUnderTest } from './providerUnderTest.ts';
import { percentile, rounded } from './statistics.ts';

const WARM_UP = 10;
const TOKENS = 100;
const AGENTS = 20;
const AT_ONCE = 200;

/** The whole product in a process of its own: a provider behind HTTP on the one side, somebody who reads events on the other. */
export async function benchAgentsInProduct(): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  let asked: (one: AskedModel) => void = () => {};
  const provider = await startProviderUnderTest((one) => asked(one));
  const product = await startProduct({
    dataDirectory: folder,
    environment: {
      RATE_LIMITS: rateNames.map((name) => `${name}=1000000`).join(),
      QUOTAS: 'concurrentRuns=1000,tokensPerDay=1000000000,tokensPerMonth=1000000000',
    },
  });
  const memory = () =>
    rounded(processTree(product.pid).reduce((sum, pid) => sum + (residentBytes(pid) ?? 0), 0) / 2 ** 20, 0);
  try {
    const api = await signedIn(product.address, 'admin');
    await api.post('/providers', { name: 'office', type: 'openai-compatible', base_url: provider.baseUrl });
    const agents: string[] = [];
    for (let n = 0; n < AGENTS; n++) {
      const content = { provider: 'office', model: 'small', systemPrompt: 'Sort messages.', userPrompt: '' };
      agents.push((await api.post('/agents', { name: `desk-${n}`, content })).id);
    }
    const idle = memory();

    const first: number[] = [];
    for (let n = 0; n < WARM_UP + TOKENS; n++)
      first.push(await firstToken(api, agents[0]!, (hear) => (asked = hear)));

    const waiting: AskedModel[] = [];
    const all = new Promise<void>((resolve) => {
      asked = (one) => {
        waiting.push(one);
        if (waiting.length === AT_ONCE) resolve();
      };
    });
    const runs = Array.from({ length: AT_ONCE }, (_, n) =>
      api.post<{ status: string }>(`/agents/${agents[n % AGENTS]}/run`, { prompt: `Message ${n}` }),
    );
    await Promise.race([all, Promise.all(runs)]);
    const underWay = memory();
    for (const one of waiting) one.answer({ text: 'It is late.' });
    const completed = (await Promise.all(runs)).filter(({ status }) => status === 'completed').length;

    const samples = first.slice(WARM_UP);
    return {
      'first token, provider to reader of events, ms (goal < 50)': {
        p50: rounded(percentile(samples, 0.5)),
        p99: rounded(percentile(samples, 0.99)),
      },
      'runs at once (goal < 1 GB, whole product)': {
        runs: AT_ONCE,
        agents: AGENTS,
        completed,
        idleMiB: idle,
        underWayMiB: underWay,
      },
    };
  } finally {
    await product.kill();
    provider.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** ms from the moment in which the provider writes a token to that in which it is read as an event. */
async function firstToken(
  api: Api,
  agent: string,
  hearAsked: (asked: (one: AskedModel) => void) => void,
): Promise<number> {
  let writtenAt = 0;
  let readAt = 0;
  let model: AskedModel | undefined;
  hearAsked((one) => {
    model = one;
    writtenAt = performance.now();
    one.piece('Late ');
  });
  await api.events(`/agents/${agent}/run`, { prompt: 'Where is it?' }, ({ event }) => {
    if (event !== 'text.delta' || readAt > 0) return;
    readAt = performance.now();
    model?.answer({ text: 'again.' });
  });
  return readAt - writtenAt;
}
