import type { DocumentStore } from '@baton/infra/store';
import type { McpCaller, McpChange, McpPermission } from '@baton/tools-registry/contract';
import type { Access } from '../access/access.ts';
import type { ResourceChange, Topic } from '../api/index.ts';
import { callerId, type Principal } from '../auth/principal.ts';
import type { Channels } from '../live/channels.ts';
import type { ProcessesAsTools } from './processes.ts';
import { promptsOf } from './prompts.ts';
import { resourcesOf, uriOf } from './resources.ts';

export interface CallerOptions {
  access: Access;
  store: Pick<DocumentStore, 'resources'>;
  processes: ProcessesAsTools;
  channels: Channels;
}

/** Which lists differ when something of a topic changed; of some, the resource that did. */
const followed: { topic: Topic; lists: readonly McpChange['list'][]; kind?: string }[] = [
  { topic: 'tools', lists: ['tools'] },
  { topic: 'mcp-servers', lists: ['tools'] },
  { topic: 'prompts', lists: ['prompts'] },
  { topic: 'workflows', lists: ['tools', 'resources'], kind: 'workflow' },
  { topic: 'agents', lists: ['resources'], kind: 'agent' },
  { topic: 'tasks', lists: ['resources'], kind: 'task' },
];

/** Who asks over MCP, as the face sees them. */
export function callerOf(
  { access, store, processes, channels }: CallerOptions,
  principal: Principal,
  told: Pick<McpCaller, 'calling' | 'called'>,
): McpCaller {
  const { tenantId, username } = principal;
  const may = (permission: McpPermission) => access.allows(tenantId, principal, permission);
  return {
    tenantId,
    id: callerId(principal),
    name: username,
    may,
    mayCall: (tool) => access.mayCall(tenantId, principal, tool),
    processes: processes.of(tenantId),
    prompts: promptsOf(store.resources, tenantId),
    resources: resourcesOf(store.resources, tenantId, may),
    ...told,
    watch(heard) {
      const ends = followed.map(({ topic, lists: changed, kind: of }) =>
        channels.subscribe(tenantId, topic, undefined, {
          subscribed() {},
          reset: () => {
            for (const list of changed) heard({ list });
          },
          event(message) {
            const { data } = JSON.parse(message.toString('utf8')) as { data: ResourceChange };
            // A working copy is nobody's but its writers'.
            if (data.change === 'draft') return;
            const uri = of === undefined ? undefined : uriOf(of, data.name);
            for (const list of changed)
              heard({ list, ...(list === 'resources' && uri !== undefined && { uri }) });
          },
        }),
      );
      ends.push(processes.deployed(tenantId, () => heard({ list: 'tools' })));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
