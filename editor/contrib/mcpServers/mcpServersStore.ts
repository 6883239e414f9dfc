import { type McpServer, mcpServerRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface McpServersState {
  /** By name; `undefined` until read. */
  items: readonly McpServer[] | undefined;
  failure: Failure | undefined;
  /** Id of the one whose settings are worked on; `new` for one that is being added. */
  selected: string | undefined;
}

export interface McpServers extends Readable<McpServersState>, Disposable {
  select(id: string | undefined): void;
  /** Takes what the gateway answered, before its event comes. */
  put(server: McpServer): void;
  drop(id: string): void;
  read(): Promise<void>;
  /** Called with the id of a server whose tools, or whose connection, are not what they were. */
  onChanged(listener: (id: string) => void): Disposable;
  /** Tools that wait for an admin: changed, or new on a server that is known. */
  readonly waiting: Readable<number>;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 100;

/** The tenant's MCP servers, read again whenever one is made, saved, deleted, connected or lost. */
export function createMcpServers(platform: Platform): McpServers {
  const store = createStore<McpServersState>(() => ({
    items: undefined,
    failure: undefined,
    selected: undefined,
  }));
  const listeners = new Set<(id: string) => void>();
  async function read() {
    const answer = await everyPage((query) => platform.api.call(mcpServerRoutes.list, { query }));
    if (!answer.ok) return store.setState({ failure: answer.failure });
    const { selected } = store.getState();
    const gone =
      selected !== undefined && selected !== 'new' && !answer.value.some(({ id }) => id === selected);
    store.setState({ items: answer.value, failure: undefined, ...(gone && { selected: undefined }) });
  }
  const { soon, dispose: stopWaiting } = coalesced(platform.timers, together, () => void read());
  const live = platform.live.subscribeTopic('mcp-servers', {
    event(change) {
      const { id } = (change ?? {}) as { id?: string };
      if (id !== undefined) for (const listener of listeners) listener(id);
      soon();
    },
    reset: soon,
  });
  void read();
  const change = (next: (items: readonly McpServer[]) => readonly McpServer[]) => {
    const items = [...next(store.getState().items ?? [])].sort((a, b) => a.name.localeCompare(b.name));
    store.setState({ items });
  };
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    select: (selected) => store.setState({ selected }),
    put: (server) => change((items) => [...items.filter(({ id }) => id !== server.id), server]),
    drop(id) {
      change((items) => items.filter((server) => server.id !== id));
      if (store.getState().selected === id) store.setState({ selected: undefined });
    },
    read,
    onChanged(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    waiting: {
      getState: () => (store.getState().items ?? []).reduce((sum, { tools }) => sum + tools.quarantined, 0),
      subscribe: store.subscribe,
    },
    dispose() {
      stopWaiting();
      live.dispose();
      listeners.clear();
    },
  };
}
