import { agentRoutes, taskRoutes, toolRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { Platform } from '../../platform/platform.ts';

export interface CatalogEntry {
  name: string;
  version: number;
  description: string;
}

/** The tenant's agents, tools and tasks as the canvas and the properties offer them; kept fresh by live topics. */
export interface Catalog extends Readable<CatalogState>, Disposable {}
export interface CatalogState {
  agents: readonly CatalogEntry[];
  tools: readonly CatalogEntry[];
  tasks: readonly CatalogEntry[];
}

const kinds = {
  agents: agentRoutes.list,
  tools: toolRoutes.list,
  tasks: taskRoutes.list,
} as const;

export function createCatalog(platform: Platform): Catalog {
  const store = createStore<CatalogState>(() => ({ agents: [], tools: [], tasks: [] }));
  async function read(kind: keyof typeof kinds) {
    if (!platform.me.permissions.includes(`${kind}:read`)) return;
    const answer = await platform.api.call(kinds[kind], { query: { limit: 200 } });
    if (!answer.ok) return;
    const items = answer.value.items as readonly {
      name: string;
      version: number;
      content: { description: string };
    }[];
    store.setState({
      [kind]: items.map(({ name, version, content }) => ({
        name,
        version,
        description: content.description,
      })),
    });
  }
  const live = disposeAll(
    ...(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) =>
      platform.live.subscribeTopic(kind, { event: () => void read(kind), reset: () => void read(kind) }),
    ),
  );
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) void read(kind);
  return { getState: store.getState, subscribe: store.subscribe, dispose: live.dispose };
}
