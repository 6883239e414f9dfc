import type { AgentContent, ToolContent } from '../../api/index.ts';
import { refuse } from '../../refusal.ts';
import { everyResource, type VersionedService } from '../versioned.ts';

/** Tools, of which none is deleted or gets another name while an agent names it: agents know their tools by name. */
export function keptWhileUsed(
  tools: VersionedService<ToolContent>,
  agents: VersionedService<AgentContent>,
): VersionedService<ToolContent> {
  async function refusedWhileUsed(tenantId: string, id: string, newName: string | undefined) {
    const found = await tools.get(tenantId, id, undefined);
    if (!found.ok || found.value.name === newName) return undefined;
    const { name } = found.value;
    const users = await everyResource(agents, tenantId, ({ content }) => content.tools.includes(name));
    if (users.length === 0) return undefined;
    const names = users.map((agent) => agent.name);
    return refuse(
      'IN_USE',
      `Expected a tool that no agent uses, but '${name}' is one of ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}`,
      { agents: names },
    );
  }
  return {
    ...tools,
    async update(tenantId, id, expectedHash, change) {
      const latest = await tools.get(tenantId, id, undefined);
      const refused = latest.ok && (await refusedWhileUsed(tenantId, id, change(latest.value).name));
      return refused || tools.update(tenantId, id, expectedHash, change);
    },
    async delete(tenantId, id) {
      return (await refusedWhileUsed(tenantId, id, undefined)) ?? tools.delete(tenantId, id);
    },
  };
}
