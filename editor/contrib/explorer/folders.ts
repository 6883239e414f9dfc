import type { Result } from '@baton/engine/protocol';
import type { Permission, Topic } from '@baton/gateway/api';
import {
  agentRoutes,
  policyRoutes,
  promptRoutes,
  taskRoutes,
  toolRoutes,
  workflowRoutes,
} from '@baton/gateway/api';
import type { Api, ApiFailure } from '../../platform/api.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { IconName, Kind } from '../../platform/icons.ts';

/** One document of the tenant as the tree shows it. */
export interface Entry {
  id: string;
  name: string;
  updatedAt: string;
  updatedBy: string;
  /** Somebody works on it; workflows do not say so in their list. */
  draft?: unknown;
}

/** A folder of the tree: one kind of versioned resource. */
export interface Folder {
  /** Document kind of its entries. */
  kind: 'workflow' | 'agent' | 'tool' | 'task' | 'prompt' | 'policy';
  folder: string;
  topic: Topic;
  icon: IconName;
  colour: Kind;
  read: Permission;
  write: Permission;
  remove: Permission;
  fileName(name: string): string;
  list(api: Api): Promise<Result<readonly Entry[], ApiFailure>>;
  rename(api: Api, id: string, name: string): Promise<Result<unknown, ApiFailure>>;
  delete(api: Api, id: string): Promise<Result<unknown, ApiFailure>>;
}

function versioned(
  routes:
    | typeof agentRoutes
    | typeof toolRoutes
    | typeof taskRoutes
    | typeof promptRoutes
    | typeof policyRoutes,
): Pick<Folder, 'list' | 'rename' | 'delete'> {
  // The tables differ in the content's schema only, which a rename hands back untouched.
  const rows = routes as unknown as typeof agentRoutes;
  return {
    list: (api) => everyPage((query) => api.call(rows.list, { query })),
    async rename(api, id, name) {
      const current = await api.call(rows.get, { params: { id } });
      if (!current.ok) return current;
      const { content, hash } = current.value;
      return api.call(rows.update, {
        params: { id },
        ifMatch: hash,
        body: { name, content, message: `Renamed to ${name}` },
      });
    },
    delete: (api, id) => api.call(rows.delete, { params: { id } }),
  };
}

export const folders: readonly Folder[] = [
  {
    kind: 'workflow',
    folder: 'workflows',
    topic: 'workflows',
    icon: 'process',
    colour: 'process',
    read: 'workflows:read',
    write: 'workflows:write',
    remove: 'workflows:delete',
    fileName: (name) => `${name}.bpmn`,
    list: (api) => everyPage((query) => api.call(workflowRoutes.listWorkflows, { query })),
    async rename(api, id, name) {
      const current = await api.call(workflowRoutes.getWorkflow, { params: { id } });
      if (!current.ok) return current;
      return api.call(workflowRoutes.updateWorkflow, {
        params: { id },
        ifMatch: current.value.hash,
        body: { name, message: `Renamed to ${name}` },
      });
    },
    delete: (api, id) => api.call(workflowRoutes.deleteWorkflow, { params: { id } }),
  },
  {
    kind: 'agent',
    folder: 'agents',
    topic: 'agents',
    icon: 'agent',
    colour: 'agent',
    read: 'agents:read',
    write: 'agents:write',
    remove: 'agents:delete',
    fileName: (name) => `${name}.agent.yaml`,
    ...versioned(agentRoutes),
  },
  {
    kind: 'tool',
    folder: 'tools',
    topic: 'tools',
    icon: 'tool',
    colour: 'tool',
    read: 'tools:read',
    write: 'tools:write',
    remove: 'tools:delete',
    fileName: (name) => `${name}.tool.ts`,
    ...versioned(toolRoutes),
  },
  {
    kind: 'task',
    folder: 'tasks',
    topic: 'tasks',
    icon: 'task',
    colour: 'task',
    read: 'tasks:read',
    write: 'tasks:write',
    remove: 'tasks:delete',
    fileName: (name) => `${name}.task.json`,
    ...versioned(taskRoutes),
  },
  {
    kind: 'prompt',
    folder: 'prompts',
    topic: 'prompts',
    icon: 'codicon:note',
    colour: 'agent',
    read: 'prompts:read',
    write: 'prompts:write',
    remove: 'prompts:delete',
    fileName: (name) => `${name}.prompt.yaml`,
    ...versioned(promptRoutes),
  },
  {
    kind: 'policy',
    folder: 'policies',
    topic: 'policies',
    icon: 'guardrail',
    colour: 'guardrail',
    read: 'policies:read',
    write: 'policies:write',
    remove: 'policies:delete',
    fileName: (name) => `${name}.policy.yaml`,
    ...versioned(policyRoutes),
  },
];

export function folderOf(kind: string): Folder | undefined {
  return folders.find((folder) => folder.kind === kind);
}
