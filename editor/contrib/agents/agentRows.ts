import type { Agent, AgentRuntime, ValidationStatus } from '@baton/gateway/api';

/** What the page of agents is narrowed to; empty texts narrow nothing. */
export interface AgentFilter {
  text: string;
  provider: string;
  state: '' | AgentState;
}

/** `running`, `idle` and `stopped` as its runtime says; a draft and a provider that is not connected beside that. */
export type AgentState = AgentRuntime['state'] | 'draft' | 'unreachable';

export type AgentSort = 'name' | 'provider' | 'updated';

/** What is known of the agents beside their own rows. */
export interface AgentsKnown {
  runtimes: ReadonlyMap<string, AgentRuntime>;
  providers: ReadonlyMap<string, ValidationStatus> | undefined;
}

export const noFilter: AgentFilter = { text: '', provider: '', state: '' };

export function isFiltered({ text, provider, state }: AgentFilter): boolean {
  return text.trim() !== '' || provider !== '' || state !== '';
}

export function hasText({ name, content }: Agent, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [name, content.description, content.provider, content.model, ...content.tools].some((part) =>
    part.toLowerCase().includes(wanted),
  );
}

/** The agents that fit, in the order asked for. */
export function agentRows(
  agents: readonly Agent[],
  { text, provider, state }: AgentFilter,
  sort: { by: AgentSort; descending: boolean },
  known: AgentsKnown,
): readonly Agent[] {
  const fits = agents.filter(
    (agent) =>
      hasText(agent, text) &&
      (provider === '' || agent.content.provider === provider) &&
      (state === '' || isIn(agent, state, known)),
  );
  const by = orders[sort.by];
  return fits.sort((one, other) => (sort.descending ? -1 : 1) * (by(one, other) || byName(one, other)));
}

function isIn(agent: Agent, state: AgentState, { runtimes, providers }: AgentsKnown): boolean {
  if (state === 'draft') return agent.draft !== null;
  if (state === 'unreachable')
    return providers !== undefined && providers.get(agent.content.provider) !== 'connected';
  return runtimes.get(agent.id)?.state === state;
}

const byName = (one: Agent, other: Agent) => one.name.localeCompare(other.name);
const orders: { readonly [S in AgentSort]: (one: Agent, other: Agent) => number } = {
  name: byName,
  provider: ({ content: one }, { content: other }) =>
    `${one.provider}/${one.model}`.localeCompare(`${other.provider}/${other.model}`),
  updated: (one, other) => Date.parse(one.updatedAt) - Date.parse(other.updatedAt),
};
