import { QUESTION_PROCESS } from '@baton/engine/protocol';
import { type UserTask, userTaskRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Question, questionOf } from './question.ts';

export interface InboxState {
  /** Open tasks, newest first; `undefined` until read. */
  items: readonly UserTask[] | undefined;
  failure: Failure | undefined;
  /** What tools ask, by the key of the task that asks it. */
  questions: ReadonlyMap<string, Question>;
}

export interface Inbox extends Readable<InboxState>, Disposable {
  refresh(): Promise<void>;
  /** The open task that asks the question with this id. */
  findQuestion(id: string): Promise<UserTask | undefined>;
  readonly count: Readable<number>;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 200;
/** Newest questions that are told by what they ask. */
const shownQuestions = 50;

/** Open user tasks of the tenant, read again whenever one is created, assigned or completed. */
export function createInbox(platform: Platform): Inbox {
  const store = createStore<InboxState>(() => ({
    items: undefined,
    failure: undefined,
    questions: new Map(),
  }));
  async function read() {
    const answer = await platform.api.call(userTaskRoutes.listUserTasks, {
      query: { state: 'CREATED', limit: 200 },
    });
    if (!answer.ok) return store.setState({ failure: answer.failure });
    store.setState({ items: answer.value.items, failure: undefined });
    await readQuestions(answer.value.items);
  }
  /** The tasks of questions are all called the same: what they ask is in their variables. */
  async function readQuestions(items: readonly UserTask[]) {
    const asking = items
      .filter(({ bpmnProcessId }) => bpmnProcessId === QUESTION_PROCESS)
      .slice(0, shownQuestions);
    const before = store.getState().questions;
    const read = await Promise.all(
      asking.map(async ({ key }): Promise<[string, Question] | undefined> => {
        const known = before.get(key);
        if (known) return [key, known];
        const task = await platform.api.call(userTaskRoutes.getUserTask, { params: { key } });
        const question = task.ok ? questionOf(task.value.variables) : undefined;
        return question && [key, question];
      }),
    );
    store.setState({ questions: new Map(read.filter((each) => each !== undefined)) });
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
      const { items, questions } = store.getState();
      return items?.find(({ key }) => questions.get(key)?.id === id);
    },
    count: { getState: () => store.getState().items?.length ?? 0, subscribe: store.subscribe },
    dispose() {
      stopWaiting();
      live.dispose();
    },
  };
}
