import { type AssignedTask, assignmentRoutes, resourceChange, taskRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { Resource } from '../../platform/documents.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface AssignedTasksState {
  /** The agent in front of the user. */
  agent: Resource | undefined;
  /** In the order they were assigned; `undefined` until read. */
  items: readonly AssignedTask[] | undefined;
  failure: Failure | undefined;
}

export interface AssignedTasks extends Readable<AssignedTasksState>, Disposable {
  /** Asks which task the agent gets, of those it has not. */
  assign(): Promise<void>;
  /** Takes a task away; a toast offers to give it back at the version it had. */
  unassign(item: AssignedTask): Promise<void>;
  /** Later jobs are checked by the latest version. */
  moveToLatest(item: AssignedTask): Promise<void>;
}

/** What asks for them within this many ms, events or agents passed on the way, is answered by one reading. */
const together = 100;

/** The tasks of the agent whose editor is in front, each with its instance. */
export function createAssignedTasks(platform: Platform): AssignedTasks {
  const { api, live, editors, timers, dialogs, notifications } = platform;
  const store = createStore<AssignedTasksState>(() => ({
    agent: undefined,
    items: undefined,
    failure: undefined,
  }));

  async function read() {
    const { agent } = store.getState();
    if (!agent) return;
    const answer = await everyPage((query) =>
      api.call(assignmentRoutes.list, { params: { id: agent.id }, query }),
    );
    if (store.getState().agent?.id !== agent.id) return;
    store.setState(answer.ok ? { items: answer.value, failure: undefined } : { failure: answer.failure });
  }
  const { soon, dispose: stopWaiting } = coalesced(timers, together, () => void read());
  function follow() {
    const resource = editors.active.getState()?.resource;
    const agent = resource?.kind === 'agent' ? resource : undefined;
    if (agent?.id === store.getState().agent?.id) return;
    store.setState({ agent, items: undefined, failure: undefined });
    soon();
  }
  const stopFollowing = editors.active.subscribe(follow);
  follow();
  const ofAgents = live.subscribeTopic('agents', {
    event(data) {
      const change = resourceChange.safeParse(data);
      if (change.success && change.data.id === store.getState().agent?.id) soon();
    },
    reset: soon,
  });
  const ofTasks = live.subscribeTopic('tasks', { event: soon, reset: soon });

  async function give(id: string, body: { task: string; version?: number }) {
    const answer = await api.call(assignmentRoutes.assign, { params: { id }, body });
    if (!answer.ok) notifications.failure(answer.failure);
    await read();
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    async assign() {
      const { agent, items } = store.getState();
      if (!agent) return;
      const answer = await everyPage((query) => api.call(taskRoutes.list, { query }));
      if (!answer.ok) return notifications.failure(answer.failure);
      const left = answer.value.filter(({ id }) => !items?.some(({ task }) => task.id === id));
      if (left.length === 0)
        return notifications.info(
          answer.value.length === 0
            ? 'There is no task yet: a task says what an agent is asked and what it answers.'
            : 'The agent has all the tasks there are.',
          [{ title: 'New task', run: () => void platform.commands.run('tasks.new') }],
        );
      const task = await dialogs.pick({
        placeholder: `Task for ${agent.name ?? 'the agent'}`,
        items: left.map(({ id, name, version, content }) => ({
          id,
          label: name,
          description: [`v${version}`, content.description].filter(Boolean).join(' · '),
          icon: 'task' as const,
          value: id,
        })),
      });
      if (task) await give(agent.id, { task });
    },
    async unassign({ task }) {
      const { agent, items } = store.getState();
      if (!agent) return;
      store.setState({ items: items?.filter((item) => item.task.id !== task.id) });
      const answer = await api.call(assignmentRoutes.unassign, { params: { id: agent.id, taskId: task.id } });
      if (!answer.ok) notifications.failure(answer.failure);
      else
        notifications.info(
          `${task.name} was taken from ${agent.name ?? 'the agent'}. What runs ends as it began.`,
          [{ title: 'Undo', run: () => void give(agent.id, { task: task.id, version: task.version }) }],
        );
      await read();
    },
    async moveToLatest({ task }) {
      const { agent } = store.getState();
      if (!agent || task.latestVersion === null) return;
      const answer = await api.call(assignmentRoutes.move, {
        params: { id: agent.id, taskId: task.id },
        body: { version: task.latestVersion },
      });
      if (!answer.ok) notifications.failure(answer.failure);
      await read();
    },
    dispose() {
      stopWaiting();
      stopFollowing();
      ofAgents.dispose();
      ofTasks.dispose();
    },
  };
}
