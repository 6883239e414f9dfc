import { benchAgentOverhead } from './agentsBenchOverhead.ts';
import { benchAgentsInProduct } from './agentsBenchProduct.ts';
import { killRuns } from './killedRuns.ts';

const KILLED = 1_000;

/** What it costs that an agent's run is recorded, bounded and told to whoever listens. */
export async function benchAgents(): Promise<unknown> {
  const result = {
    overhead: await benchAgentOverhead(),
    product: await benchAgentsInProduct(),
    'killed runs (goal: 0 repeated, 0 lost)': await killRuns(KILLED),
  };
  console.log(JSON.stringify(result, null, 2));
  return result;
}
