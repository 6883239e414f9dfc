import { ok } from '@baton/engine/protocol';
import { type Task, type TaskContent, taskRoutes } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { askedNext, platformOn, type VersionedServer, versionedServer } from '../test/versionedServer.ts';
import type { LiveListener } from './live.ts';
import type { Platform } from './platform.ts';
import { createVersionedDraft, type VersionedView } from './versionedDocument.ts';

const resource = { kind: 'task', id: 't1', name: 'classify' };
const first: TaskContent = { description: 'first', requestSchema: {}, responseSchema: {} };

let server: VersionedServer;
let platform: Platform;
let time: ReturnType<typeof platformOn>['time'];
let live: LiveListener;

beforeEach(() => {
  server = versionedServer('/api/tasks/t1', 'classify', first);
  ({ platform, time } = platformOn(server.fetch));
  platform = {
    ...platform,
    live: {
      ...platform.live,
      subscribeTopic(_, listener) {
        live = listener;
        return { dispose: () => {} };
      },
    },
  };
});

/** A task of which only the description is edited. */
async function opened() {
  const params = { id: 't1' };
  const get = () => platform.api.call(taskRoutes.get, { params });
  const read = await get();
  if (!read.ok) throw new Error(read.failure.message);
  const draftOf = (task: Task) => task.content.description;
  const view = createStore<VersionedView<Task, string>>(() => ({
    mode: 'both',
    saved: read.value,
    draft: draftOf(read.value),
  }));
  const draft = createVersionedDraft<Task, string, TaskContent>({
    platform,
    resource,
    kind: 'tasks',
    ending: 'task.json',
    view,
    get,
    put: (content, ifMatch) => platform.api.call(taskRoutes.update, { params, ifMatch, body: { content } }),
    draftOf,
    same: (one, other) => one === other,
    content: () => ok({ ...first, description: view.getState().draft }),
    show: (description) => view.setState({ draft: description }),
    check: () =>
      view.getState().draft === '' ? [{ severity: 'error', code: 'task(empty)', message: 'Empty' }] : [],
  });
  draft.begin(view.getState().draft);
  return { ...draft, ...draft.model, view };
}

const saveBy = (updatedBy: string, description: string) => {
  server.stored = { version: 2, hash: 'h2', updatedBy, content: { ...first, description } };
};

it('saves the next version', async () => {
  const document = await opened();
  document.show('mine');
  expect(document.state.getState()).toEqual({
    title: 'classify.task.json',
    dirty: true,
    status: 'Draft of v2',
  });

  expect(await document.save?.()).toEqual({ ok: true, value: undefined });
  expect(document.state.getState()).toMatchObject({ dirty: false, status: 'v2' });
  expect(server.stored.content).toEqual({ ...first, description: 'mine' });
});

it.each([
  ['mine', { version: 3, kept: 'mine' }],
  ['theirs', { version: 2, kept: 'theirs' }],
])('asks whose work goes on when somebody saved meanwhile: %s', async (choice, { version, kept }) => {
  const document = await opened();
  document.show('mine');
  saveBy('ines', 'theirs');

  const saving = document.save?.();
  const { question, answer } = await askedNext(platform.dialogs);
  expect(question.title).toBe('classify was saved by ines meanwhile');
  answer(choice);

  expect(await saving).toMatchObject({ ok: true });
  expect(server.stored.version).toBe(version);
  expect(document.view.getState().draft).toBe(kept);
  expect(document.state.getState()).toMatchObject({ dirty: false, status: `v${version}` });
});

it('stays unsaved when the question is cancelled', async () => {
  const document = await opened();
  document.show('mine');
  saveBy('ines', 'theirs');

  const saving = document.save?.();
  (await askedNext(platform.dialogs)).answer(undefined);

  expect(await saving).toMatchObject({ ok: false, failure: { code: 'VERSION_CONFLICT' } });
  expect(document.state.getState().dirty).toBe(true);
});

it.each([
  ['shows at once what somebody else saved', undefined, { draft: 'theirs', status: 'v2' }],
  ['keeps its changes when somebody else saves', 'mine', { draft: 'mine', status: 'Draft of v2' }],
])('%s, under its new name', async (_, typed, { draft, status }) => {
  const document = await opened();
  if (typed) document.show(typed);
  saveBy('ines', 'theirs');
  server.name = 'sort';

  live.event({ change: 'updated', id: 't1', name: 'sort' });

  await expect.poll(() => document.state.getState().title).toBe('sort.task.json');
  expect(document.view.getState().draft).toBe(draft);
  expect(document.state.getState().status).toBe(status);
});

it('lists its problems when nothing changed for a moment, and none once it is closed', async () => {
  const document = await opened();
  document.show('');
  expect(platform.problems.of(resource)).toEqual([]);
  time.advance(300);
  expect(platform.problems.of(resource)).toMatchObject([{ code: 'task(empty)' }]);

  document.dispose();
  expect(platform.problems.of(resource)).toEqual([]);
});

it('drops what is not saved', async () => {
  const document = await opened();
  document.show('mine');
  await document.revert();

  expect(document.view.getState().draft).toBe('first');
  expect(document.state.getState().dirty).toBe(false);
});

it('cannot be saved without the permission', async () => {
  platform.context.set('permission:tasks:write', false);

  const document = await opened();
  expect(document.save).toBeUndefined();
  expect(document.writable).toBe(false);
});
