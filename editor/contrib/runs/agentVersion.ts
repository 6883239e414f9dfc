import { type AgentContent, agentRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';

export interface AgentVersion {
  id: string;
  content: AgentContent;
}

/** The agent of a run as it was then; `undefined` where it is gone or one may not read it. */
export async function agentVersion(
  api: Api,
  name: string,
  version: number,
): Promise<AgentVersion | undefined> {
  const found = await api.call(agentRoutes.list, { query: { search: name, limit: 200 } });
  const agent = found.ok ? found.value.items.find((item) => item.name === name) : undefined;
  if (!agent) return undefined;
  const { id } = agent;
  const then = await api.call(agentRoutes.get, { params: { id }, query: { version: String(version) } });
  return then.ok ? { id, content: then.value.content } : undefined;
}
