import { benchAgentOverhead } from './agentsBenchOverhead.ts';

/** What it costs that an agent's run is recorded, bounded and told to whoever listens. */
export async function benchAgents(): Promise<unknown> {
  const result = { overhead: await benchAgentOverhead() };
  console.log(JSON.stringify(result, null, 2));
  return result;
}
