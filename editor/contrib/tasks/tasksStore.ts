import { type Task, taskRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface TasksState {
  /** By name; `undefined` until read. */
  items: readonly Task[] | undefined;
  failure: Failure | undefined;
}

export interface Tasks extends Readable<TasksState>, Disposable {}

/** Events that arrive within this many ms are answered by one reading. */
const together = 200;
const limit = 200;

/** The tenant's tasks, read again whenever one is made, worked on, published or deleted. */
export function createTasks({ api, live, timers }: Platform): Tasks {
  const store = createStore<TasksState>(() => ({ items: undefined, failure: undefined }));
  let waiting: Disposable | undefined;
  async function read() {
    const items: Task[] = [];
    for (;;) {
      const answer = await api.call(taskRoutes.list, { query: { limit, offset: items.length } });
      if (!answer.ok) return store.setState({ failure: answer.failure });
      items.push(...answer.value.items);
      if (!answer.value.has_more || answer.value.items.length === 0) break;
    }
    store.setState({ items, failure: undefined });
  }
  const soon = () => {
    waiting ??= timers.after(together, () => {
      waiting = undefined;
      void read();
    });
  };
  const following = live.subscribeTopic('tasks', { event: soon, reset: soon });
  void read();
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    dispose() {
      waiting?.dispose();
      following.dispose();
    },
  };
}
