import { agentRoutes, taskRoutes, toolCatalogRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { Platform } from '../../platform/platform.ts';

export interface CatalogEntry {
  name: string;
  version: number;
  description: string;
}

/** The tenant's agents, tools of every origin and tasks as the canvas and the properties offer them; kept fresh by live topics. */
export interface Catalog extends Readable<CatalogState>, Disposable {}
export interface CatalogState {
  agents: readonly CatalogEntry[];
  tools: readonly CatalogEntry[];
  tasks: readonly CatalogEntry[];
  /** Kinds of which there are more than are offered: a name that is not among them may be right. */
  more: ReadonlySet<'agents' | 'tools' | 'tasks'>;
}

type Kind = 'agents' | 'tools' | 'tasks';
interface Versioned {
  name: string;
  version: number;
  content: { description: string };
}

const limit = 200;
const entryOf = ({ name, version, content }: Versioned): CatalogEntry => ({
  name,
  version,
  description: content.description,
});

export function createCatalog(platform: Platform): Catalog {
  const { api, live, me } = platform;
  const store = createStore<CatalogState>(() => ({ agents: [], tools: [], tasks: [], more: new Set() }));
  const lists = {
    async agents() {
      const answer = await api.call(agentRoutes.list, { query: { limit } });
      if (answer.ok) show('agents', answer.value.items.map(entryOf), answer.value.has_more);
    },
    async tools() {
      const answer = await api.call(toolCatalogRoutes.search, { query: { limit } });
      if (answer.ok) show('tools', answer.value.items, answer.value.has_more);
    },
    async tasks() {
      const answer = await api.call(taskRoutes.list, { query: { limit } });
      if (answer.ok) show('tasks', answer.value.items.map(entryOf), answer.value.has_more);
    },
  } satisfies { [K in Kind]: () => Promise<void> };
  function show(kind: Kind, entries: readonly CatalogEntry[], hasMore: boolean) {
    const more = new Set(store.getState().more);
    if (hasMore) more.add(kind);
    else more.delete(kind);
    store.setState({ [kind]: entries, more });
  }
  const readable = (Object.keys(lists) as Kind[]).filter((kind) => me.permissions.includes(`${kind}:read`));
  const follow = (kind: Kind, topic: Kind | 'mcp-servers') =>
    live.subscribeTopic(topic, { event: () => void lists[kind](), reset: () => void lists[kind]() });
  const following = disposeAll(
    ...readable.map((kind) => follow(kind, kind)),
    // Servers come and go with their tools.
    ...(readable.includes('tools') && me.permissions.includes('mcpServers:read')
      ? [follow('tools', 'mcp-servers')]
      : []),
  );
  for (const kind of readable) void lists[kind]();
  return { getState: store.getState, subscribe: store.subscribe, dispose: following.dispose };
}
