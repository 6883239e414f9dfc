import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { root } from '../real/root.ts';
import { benchAgents } from './agentsBench.ts';
import { benchApi } from './apiBench.ts';
import { benchBroker } from './brokerBench.ts';
import { benchDocuments } from './documentsBench.ts';
import { benchEditor } from './editorBench.ts';
import { benchGateway } from './gatewayBench.ts';
import { benchOverload } from './overloadBench.ts';
import { benchStart } from './startBench.ts';
import { benchTools } from './toolsBench.ts';

const benches = {
  start: benchStart,
  editor: benchEditor,
  broker: benchBroker,
  overload: benchOverload,
  gateway: benchGateway,
  api: benchApi,
  documents: benchDocuments,
  tools: benchTools,
  agents: benchAgents,
} satisfies {
  [name: string]: (root: string, environment: NodeJS.ProcessEnv) => Promise<unknown>;
};

/** Runs the named benchmarks, all when none is named, and keeps each one's last result. */
export async function bench(names: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const known = Object.keys(benches);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`Expected benchmarks among ${known.join(', ')}, but got ${unknown.join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  const folder = join(root, 'infra', 'load', 'results');
  mkdirSync(folder, { recursive: true });
  for (const name of names.length > 0 ? names : known) {
    const result = await benches[name as keyof typeof benches](root, environment);
    const machine = { node: process.version, platform: `${platform()} ${arch()}`, cores: cpus().length };
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ machine, result }, null, 2)}\n`);
    console.log(`kept in infra/load/results/${name}.json`);
  }
}
