import {
  agentRoutes,
  type Permission,
  policyRoutes,
  promptRoutes,
  providerRoutes,
  type Topic,
  taskRoutes,
  toolCatalogRoutes,
  workflowRoutes,
} from '@baton/gateway/api';
import { type Disposable, disposable } from '../../base/disposable.ts';
import type { Api } from '../api.ts';
import { everyPage } from '../everyPage.ts';
import type { Platform } from '../platform.ts';

/** Something texts can name. */
export interface KnownDocument {
  kind: string;
  /** Of the document that shows it; what comes with the product or from a server has none. */
  id: string | undefined;
  name: string;
  description: string;
  /** Of a provider. */
  models?: readonly string[];
  content?: unknown;
}

/** What the tenant has, by kind: read when first asked for, and again after it changed. */
export interface DocumentNames extends Disposable {
  /** `undefined` where it may not be read, or is not there to be read. */
  all(kind: string): Promise<readonly KnownDocument[] | undefined>;
  find(kind: string, name: string): Promise<KnownDocument | undefined>;
  /** What is known without waiting. */
  now(kind: string): readonly KnownDocument[] | undefined;
}

interface Source {
  permission: Permission;
  topics: readonly Topic[];
  read(api: Api): Promise<readonly KnownDocument[] | undefined>;
}

interface Described {
  id: string;
  name: string;
  content: { description?: string };
}

function versioned(kind: string, rows: unknown): Source['read'] {
  // The tables differ in the content's schema only.
  const { list } = rows as typeof promptRoutes;
  return async (api) => {
    const read = await everyPage((query) => api.call(list, { query }));
    if (!read.ok) return undefined;
    return (read.value as readonly Described[]).map(({ id, name, content }) => ({
      kind,
      id,
      name,
      description: content.description ?? '',
      content,
    }));
  };
}

/** Kinds of documents that texts name, and where they are read. */
const sources: { readonly [kind: string]: Source } = {
  agent: { permission: 'agents:read', topics: ['agents'], read: versioned('agent', agentRoutes) },
  prompt: { permission: 'prompts:read', topics: ['prompts'], read: versioned('prompt', promptRoutes) },
  policy: { permission: 'policies:read', topics: ['policies'], read: versioned('policy', policyRoutes) },
  task: { permission: 'tasks:read', topics: ['tasks'], read: versioned('task', taskRoutes) },
  provider: {
    permission: 'providers:read',
    topics: ['providers'],
    async read(api) {
      const read = await everyPage((query) => api.call(providerRoutes.list, { query }));
      if (!read.ok) return undefined;
      return read.value.map(({ id, name, type, models }) => ({
        kind: 'provider',
        id,
        name,
        description: type,
        models,
      }));
    },
  },
  tool: {
    permission: 'tools:read',
    // Tools of a server come and go with it.
    topics: ['tools', 'mcp-servers'],
    async read(api) {
      const read = await everyPage((query) => api.call(toolCatalogRoutes.search, { query }));
      if (!read.ok) return undefined;
      return read.value.map(({ id, name, description, origin }) => ({
        kind: 'tool',
        id: origin.kind === 'saved' ? id : undefined,
        name,
        description,
      }));
    },
  },
  workflow: {
    permission: 'workflows:read',
    topics: ['workflows'],
    async read(api) {
      const read = await everyPage((query) => api.call(workflowRoutes.listWorkflows, { query }));
      if (!read.ok) return undefined;
      return read.value.map(({ id, name, bpmnProcessId }) => ({
        kind: 'workflow',
        id,
        name,
        description: bpmnProcessId,
      }));
    },
  },
};

interface Known {
  promise: Promise<readonly KnownDocument[] | undefined>;
  items: readonly KnownDocument[] | undefined;
  stale: boolean;
}

export function createDocumentNames({
  api,
  context,
  live,
}: Pick<Platform, 'api' | 'context' | 'live'>): DocumentNames {
  const known = new Map<string, Known>();
  const following: Disposable[] = [];

  function read(kind: string, source: Source): Known {
    const before = known.get(kind);
    const entry: Known = { promise: source.read(api), items: before?.items, stale: false };
    known.set(kind, entry);
    void entry.promise.then((items) => {
      entry.items = items;
      if (!items) entry.stale = true;
    });
    if (!before) {
      const changed = () => {
        const current = known.get(kind);
        if (current) current.stale = true;
      };
      following.push(
        ...source.topics.map((topic) => live.subscribeTopic(topic, { event: changed, reset: changed })),
      );
    }
    return entry;
  }

  function entryOf(kind: string): Known | undefined {
    const source = Object.hasOwn(sources, kind) ? sources[kind] : undefined;
    if (!source || !context.get(`permission:${source.permission}`)) return undefined;
    const entry = known.get(kind);
    return entry && !entry.stale ? entry : read(kind, source);
  }

  const names: DocumentNames = {
    async all(kind) {
      return entryOf(kind)?.promise;
    },
    async find(kind, name) {
      return (await names.all(kind))?.find((document) => document.name === name);
    },
    now: (kind) => entryOf(kind)?.items,
    ...disposable(() => {
      for (const each of following) each.dispose();
      following.length = 0;
    }),
  };
  return names;
}
