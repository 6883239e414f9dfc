import { QUESTION_PROCESS } from '@baton/engine/protocol';
import { type UserTask, userTaskRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { questionOf } from './question.ts';

export interface InboxState {
  /** Open tasks, newest first; `undefined` until read. */
  items: readonly UserTask[] | undefined;
  failure: Failure | undefined;
}

export interface Inbox extends Readable<InboxState>, Disposable {
  refresh(): Promise<void>;
  /** The open task that asks the question with this id. */
  findQuestion(id: string): Promise<UserTask | undefined>;
  readonly count: Readable<number>;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 200;

/** Open user tasks of the tenant, read again whenever one is created, assigned or completed. */
export function createInbox(platform: Platform): Inbox {
  const store = createStore<InboxState>(() => ({ items: undefined, failure: undefined }));
  async function read() {
    const answer = await platform.api.call(userTaskRoutes.listUserTasks, {
      query: { state: 'CREATED', limit: 200 },
    });
    if (answer.ok) store.setState({ items: answer.value.items, failure: undefined });
    else store.setState({ failure: answer.failure });
  }
  const { soon, dispose: stopWaiting } = coalesced(platform.timers, together, () => void read());
  const live = platform.live.subscribeTopic('user-tasks', { event: soon, reset: soon });
  void read();
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    refresh: read,
    async findQuestion(id) {
      await read();
      const asking = (store.getState().items ?? []).filter(
        ({ bpmnProcessId }) => bpmnProcessId === QUESTION_PROCESS,
      );
      for (const task of asking) {
        const answer = await platform.api.call(userTaskRoutes.getUserTask, { params: { key: task.key } });
        if (answer.ok && questionOf(answer.value.variables)?.id === id) return task;
      }
      return undefined;
    },
    count: { getState: () => store.getState().items?.length ?? 0, subscribe: store.subscribe },
    dispose() {
      stopWaiting();
      live.dispose();
    },
  };
}
