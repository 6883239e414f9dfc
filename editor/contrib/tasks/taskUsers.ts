import { type AssignedAgent, agentRoutes, assignmentRoutes, resourceChange } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { Resource } from '../../platform/documents.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface TaskUsersState {
  /** The task in front of the user. */
  task: Resource | undefined;
  /** Agents that have it, in the order they got it; `undefined` until read. */
  agents: readonly AssignedAgent[] | undefined;
  failure: Failure | undefined;
}

export interface TaskUsers extends Readable<TaskUsersState>, Disposable {
  /** Asks which agent gets the task, of those that have it not. */
  assign(): Promise<void>;
  /** Takes the task from an agent; a toast offers to give it back at the version it had. */
  unassign(agent: AssignedAgent): Promise<void>;
  /** Later jobs of the agent are checked by this version. */
  move(agent: AssignedAgent, version: number): Promise<void>;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 100;

/** Who uses the task whose editor is in front. */
export function createTaskUsers(platform: Platform): TaskUsers {
  const { api, live, editors, timers, dialogs, notifications } = platform;
  const nothing = { task: undefined, agents: undefined, failure: undefined };
  const store = createStore<TaskUsersState>(() => nothing);

  async function read() {
    const { task } = store.getState();
    if (!task) return;
    const answer = await everyPage((query) =>
      api.call(assignmentRoutes.agents, { params: { id: task.id }, query }),
    );
    if (store.getState().task?.id !== task.id) return;
    store.setState(answer.ok ? { agents: answer.value, failure: undefined } : { failure: answer.failure });
  }
  const { soon, dispose: stopWaiting } = coalesced(timers, together, () => void read());
  function follow() {
    const resource = editors.active.getState()?.resource;
    const task = resource?.kind === 'task' ? resource : undefined;
    if (task?.id === store.getState().task?.id) return;
    store.setState({ ...nothing, task });
    void read();
  }
  const stop = editors.active.subscribe(follow);
  follow();
  const following = disposeAll(
    disposable(stop),
    disposable(stopWaiting),
    live.subscribeTopic('agents', { event: soon, reset: soon }),
    live.subscribeTopic('tasks', {
      event(data) {
        const change = resourceChange.safeParse(data);
        if (change.success && change.data.id === store.getState().task?.id) soon();
      },
      reset: soon,
    }),
  );

  async function give(agent: string, task: string, version?: number) {
    const answer = await api.call(assignmentRoutes.assign, {
      params: { id: agent },
      body: { task, ...(version !== undefined && { version }) },
    });
    if (!answer.ok) notifications.failure(answer.failure);
    await read();
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    async assign() {
      const { task, agents } = store.getState();
      if (!task) return;
      const answer = await everyPage((query) => api.call(agentRoutes.list, { query }));
      if (!answer.ok) return notifications.failure(answer.failure);
      const left = answer.value.filter(({ id }) => !agents?.some(({ agent }) => agent.id === id));
      if (left.length === 0)
        return notifications.info(
          answer.value.length === 0
            ? 'There is no agent yet that could have this task.'
            : 'All the agents there are have this task.',
          [{ title: 'New agent', run: () => void platform.commands.run('agents.new') }],
        );
      const agent = await dialogs.pick({
        placeholder: `Agent that gets ${task.name ?? 'the task'}`,
        items: left.map(({ id, name, content }) => ({
          id,
          label: name,
          description: [content.model, content.description].filter(Boolean).join(' · '),
          icon: 'agent' as const,
          kind: 'agent' as const,
          value: id,
        })),
      });
      if (agent) await give(agent, task.id);
    },
    async unassign({ agent, task: { version } }) {
      const { task } = store.getState();
      if (!task) return;
      const answer = await api.call(assignmentRoutes.unassign, { params: { id: agent.id, taskId: task.id } });
      if (!answer.ok) notifications.failure(answer.failure);
      else
        notifications.info(
          `${task.name ?? 'The task'} was taken from ${agent.name}. What runs ends as it began.`,
          [{ title: 'Undo', run: () => void give(agent.id, task.id, version) }],
        );
      await read();
    },
    async move({ agent }, version) {
      const { task } = store.getState();
      if (!task) return;
      const answer = await api.call(assignmentRoutes.move, {
        params: { id: agent.id, taskId: task.id },
        body: { version },
      });
      if (!answer.ok) notifications.failure(answer.failure);
      await read();
    },
    dispose: following.dispose,
  };
}
