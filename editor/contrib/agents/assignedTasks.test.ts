import type { AssignedTask } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { DocumentModel } from '../../platform/documents.ts';
import type { LiveListener } from '../../platform/live.ts';
import type { Platform } from '../../platform/platform.ts';
import { editorServer } from '../../test/editorServer.ts';
import { settled } from '../../test/manualTimers.ts';
import { platformOn } from '../../test/versionedServer.ts';
import { createAssignedTasks } from './assignedTasks.ts';

const assigned = (name: string, version: number, latestVersion = version): AssignedTask => ({
  task: { id: name, name, version, latestVersion },
  instance: { id: `i-${name}`, state: 'collected', running: 0, startedAt: null, lastUsedAt: null },
  assignedAt: '2026-01-02T03:04:05Z',
  assignedBy: 'designer',
});

let stored: AssignedTask[];
let platform: Platform;
let time: ReturnType<typeof platformOn>['time'];
const topics = new Map<string, LiveListener>();
const active = createStore<DocumentModel | undefined>(() => undefined);

beforeEach(() => {
  stored = [assigned('answer', 2), assigned('resolve', 5, 6)];
  const server = platformOn(async (url, init) => {
    const path = url.split('?')[0];
    const [, task] = /^\/api\/agents\/a1\/tasks(?:\/(\w+))?$/.exec(path ?? '') ?? [];
    if (!path?.startsWith('/api/agents/a1/tasks')) {
      if (path !== '/api/tasks') return editorServer(url, init);
      const items = ['answer', 'resolve', 'classify'].map((name) => ({
        id: name,
        name,
        version: 6,
        content: { description: '', requestSchema: {}, responseSchema: {} },
      }));
      return Response.json({ items, total: 3, limit: 200, offset: 0, has_more: false });
    }
    const body = init?.body
      ? (JSON.parse(String(init.body)) as { task: string; version?: number })
      : undefined;
    if (init?.method === 'POST') stored = [...stored, assigned(body!.task, body!.version ?? 6, 6)];
    if (init?.method === 'DELETE') stored = stored.filter((item) => item.task.id !== task);
    if (init?.method === 'PUT')
      stored = stored.map((item) => (item.task.id === task ? assigned(task!, body!.version!, 6) : item));
    if (init?.method === 'DELETE') return new Response(null, { status: 204 });
    if (init?.method !== 'GET') return Response.json(stored[0]);
    return Response.json({ items: stored, total: stored.length, limit: 200, offset: 0, has_more: false });
  });
  time = server.time;
  topics.clear();
  platform = {
    ...server.platform,
    editors: { ...server.platform.editors, active },
    live: {
      ...server.platform.live,
      subscribeTopic(topic, listener) {
        topics.set(topic, listener);
        return { dispose: () => {} };
      },
    },
  };
  active.setState({ resource: { kind: 'agent', id: 'a1', name: 'triage' } } as DocumentModel, true);
});

async function opened() {
  const tasks = createAssignedTasks(platform);
  time.advance(1_000);
  await settled();
  return tasks;
}
type Tasks = Awaited<ReturnType<typeof opened>>;
const shown = (tasks: Tasks) => tasks.getState().items?.map(({ task }) => `${task.name} v${task.version}`);

it('has the tasks of the agent in front, and none when something else is', async () => {
  const tasks = await opened();
  expect(shown(tasks)).toEqual(['answer v2', 'resolve v5']);

  active.setState({ resource: { kind: 'workflow', id: 'w1' } } as DocumentModel, true);
  expect(tasks.getState()).toMatchObject({ agent: undefined, items: undefined });
});

it('shows what others assign to this agent', async () => {
  const tasks = await opened();
  stored = [...stored, assigned('classify', 1)];
  topics.get('agents')!.event({ change: 'updated', id: 'a2', name: 'other' });
  time.advance(1_000);
  await settled();
  expect(shown(tasks)).toHaveLength(2);

  topics.get('agents')!.event({ change: 'updated', id: 'a1', name: 'triage' });
  time.advance(1_000);
  await expect.poll(() => shown(tasks)).toEqual(['answer v2', 'resolve v5', 'classify v1']);
});

it('offers the tasks the agent has not', async () => {
  const tasks = await opened();
  void tasks.assign();
  await expect.poll(() => platform.dialogs.getState()?.type).toBe('pick');
  const dialog = platform.dialogs.getState();
  if (dialog?.type !== 'pick') throw new Error('Expected a choice');
  expect(dialog.pick.items.map(({ label }) => label)).toEqual(['classify']);

  dialog.answer('classify');
  await expect.poll(() => shown(tasks)).toEqual(['answer v2', 'resolve v5', 'classify v6']);
});

it('gives back what was unassigned, at the version it had', async () => {
  const tasks = await opened();
  await tasks.unassign(tasks.getState().items![1]!);
  expect(shown(tasks)).toEqual(['answer v2']);

  const [toast] = platform.notifications.getState();
  expect(toast?.message).toContain('resolve was taken from triage');
  toast?.actions?.[0]?.run();
  await expect.poll(() => shown(tasks)).toEqual(['answer v2', 'resolve v5']);
});

it('moves to the latest version', async () => {
  const tasks = await opened();
  await tasks.moveToLatest(tasks.getState().items![1]!);
  expect(shown(tasks)).toEqual(['answer v2', 'resolve v6']);
});
