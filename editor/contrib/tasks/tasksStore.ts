import { type Task, taskRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import { everyPage } from '../../platform/everyPage.ts';
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

/** The tenant's tasks, read again whenever one is made, worked on, published or deleted. */
export function createTasks({ api, live, timers }: Platform): Tasks {
  const store = createStore<TasksState>(() => ({ items: undefined, failure: undefined }));
  async function read() {
    const answer = await everyPage((query) => api.call(taskRoutes.list, { query }));
    store.setState(answer.ok ? { items: answer.value, failure: undefined } : { failure: answer.failure });
  }
  const { soon, dispose: stopWaiting } = coalesced(timers, together, () => void read());
  const following = live.subscribeTopic('tasks', { event: soon, reset: soon });
  void read();
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    dispose() {
      stopWaiting();
      following.dispose();
    },
  };
}
