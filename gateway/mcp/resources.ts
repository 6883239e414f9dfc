import type { Resource, ResourceStore } from '@baton/infra/store';
import type { McpPermission, McpResource, McpResources } from '@baton/tools-registry/contract';
import type { WorkflowContent } from '../api/index.ts';
import { everyStored } from './everyStored.ts';

interface Shown {
  permission: McpPermission;
  mimeType: string;
  description: string;
  text(resource: Resource): string;
}

const asJson = ({ name, version, content }: Resource) =>
  JSON.stringify({ name, version, ...(content as object) }, undefined, 2);

/** What of a tenant can be read over MCP, by the part of its address that names the kind. */
const kinds = {
  workflow: {
    permission: 'workflows:read',
    mimeType: 'application/xml',
    description: 'The BPMN of a workflow',
    text: ({ content }) => (content as WorkflowContent).xml,
  },
  agent: {
    permission: 'agents:read',
    mimeType: 'application/json',
    description: 'An agent: its prompt, model and tools',
    text: asJson,
  },
  task: {
    permission: 'tasks:read',
    mimeType: 'application/json',
    description: 'A task for agents, with the schema of its answer',
    text: asJson,
  },
} satisfies { [kind: string]: Shown };
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

/** `baton://agent/support`: names are what people know, and unique among their kind. */
export const uriOf = (kind: string, name: string) => `baton://${kind}/${encodeURIComponent(name)}`;

export function resourcesOf(
  resources: ResourceStore,
  tenantId: string,
  may: (permission: McpPermission) => Promise<boolean>,
): McpResources {
  const none = (uri: string) => ({
    ok: false as const,
    failure: {
      code: 'NOT_FOUND',
      message: `Expected a resource of this server, but '${uri.slice(0, 200)}' is none`,
    },
  });
  return {
    async list() {
      const listed: McpResource[] = [];
      for (const kind of kindNames) {
        const { permission, mimeType, description } = kinds[kind];
        if (!(await may(permission))) continue;
        for (const { name } of await everyStored(resources, tenantId, kind)) {
          listed.push({ uri: uriOf(kind, name), name, description, mimeType });
        }
      }
      return listed;
    },
    async templates() {
      return kindNames.map((kind) => {
        const { mimeType, description } = kinds[kind];
        return { uriTemplate: `baton://${kind}/{name}`, name: kind, description, mimeType };
      });
    },
    async complete(uriTemplate, variable, typed) {
      const kind = kindNames.find((each) => uriTemplate === `baton://${each}/{name}`);
      if (!kind || variable !== 'name' || !(await may(kinds[kind].permission))) return [];
      const names = (await everyStored(resources, tenantId, kind)).map(({ name }) => name);
      return names.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
    },
    async read(uri) {
      const [, kind, name] = /^baton:\/\/([a-z]+)\/([^/]+)$/.exec(uri) ?? [];
      const shown = kindNames.find((each) => each === kind);
      if (!shown || name === undefined || !(await may(kinds[shown].permission))) return none(uri);
      const found = await resources.getByName(tenantId, shown, decoded(name));
      if (!found) return none(uri);
      const { mimeType, text } = kinds[shown];
      return { ok: true, value: [{ uri, mimeType, text: text(found) }] };
    },
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
