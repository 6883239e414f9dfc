import { ok } from '@baton/engine/protocol';
import { taskRoutes } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Api } from '../../platform/api.ts';
import { createVersionedDraft, openVersioned, type VersionedView } from '../../platform/versionedDocument.ts';
import { type VersionedKind, versionedKind } from '../../platform/versionedKinds.ts';
import { settled } from '../../test/manualTimers.ts';
import { platformOn, type VersionedServer, versionedServer } from '../../test/versionedServer.ts';
import { openDiffDocument } from './diffDocument.ts';
import { diffResource } from './diffSides.ts';
import { putLabel, restoreVersion } from './versionActions.ts';

const resource = { kind: 'note', id: 't1', name: 'classify' };
const saying = (description: string) => ({ description });
const saidBy = ({ description }: { description?: unknown }) => String(description);

/** Notes of one sentence, kept where tasks are. */
const notes = (api: Api): VersionedKind =>
  versionedKind(api, taskRoutes, {
    kind: 'note',
    plural: 'tasks',
    label: 'Note',
    icon: 'task',
    order: 10,
    ending: '.note',
    container: 'notes',
    purpose: 'One sentence.',
    deletion: '',
    texts: async () => ({
      parts: [{ id: 'note', title: 'Note', language: 'markdown', textOf: saidBy }],
      contentOf: ({ note = '' }) => ok(saying(note)),
    }),
  });

async function openNote() {
  const opened = await openVersioned(on.platform, resource, undefined);
  if (!opened.ok) throw new Error(opened.failure.message);
  const { resource: saved, content } = opened.value.opened;
  const view = createStore<VersionedView<string>>(() => ({ mode: 'both', saved, draft: saidBy(content) }));
  const draft = createVersionedDraft<string>({
    ...opened.value,
    view,
    draftOf: saidBy,
    same: (one, other) => one === other,
    content: () => ok(saying(view.getState().draft)),
    show: (next) => view.setState({ draft: next }),
    check: () => [],
    write: (text) => text,
    read: (text) => text,
  });
  draft.begin();
  return draft.model;
}

let server: VersionedServer;
let on: ReturnType<typeof platformOn>;
let document: Awaited<ReturnType<typeof openNote>>;

beforeEach(async () => {
  server = versionedServer('/api/tasks/t1', 'classify', saying('first'));
  server.publishedBy('ines', saying('second'));
  on = platformOn(server.fetch, undefined, notes);
  document = await openNote();
});

const said = () => saidBy(server.stored.content as object);
const shown = ({ kept }: typeof document) => kept.getState().published.version;

/** Presses a button of the newest toast. */
async function press(title: string) {
  const [toast] = on.platform.notifications.getState();
  const action = toast?.actions?.find((one) => one.title === title);
  if (!action) throw new Error(`Expected ${title}, but the toast says: ${toast?.message}`);
  action.run();
  for (let turn = 0; turn < 12; turn++) {
    await settled();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('restores an older version as the next one, and takes it back the same way', async () => {
  await restoreVersion(document, 1);
  expect([server.stored.version, said(), shown(document)]).toEqual([3, 'first', 3]);

  await press('Undo');
  expect([server.stored.version, said(), shown(document)]).toEqual([4, 'second', 4]);
});

it('says what an old version misses, and opens it as a draft', async () => {
  server.refusal = {
    status: 409,
    body: {
      error_code: 'REFERENCE_MISSING',
      message: 'Expected what it names to be there, but there is no tool a',
    },
  };
  await restoreVersion(document, 1);
  expect(server.stored.version).toBe(2);
  expect(on.platform.notifications.getState()[0]?.message).toContain('no tool a');

  await press('Open as a draft');
  expect(server.draft).toMatchObject({ base: 2, content: saying('first') });
  expect(document.state.getState().status).toBe('Draft of v3');

  await press('Undo');
  expect(server.draft).toBeNull();
});

it('moves a label, and puts it back', async () => {
  await putLabel(document, 'production', 1, undefined);
  await putLabel(document, 'production', 2, 1);
  expect(server.labels).toEqual({ production: 2 });

  await press('Undo');
  expect(server.labels).toEqual({ production: 1 });
});

it('compares a version with the draft as it is typed', async () => {
  const opened = await openDiffDocument(
    on.platform,
    diffResource({ kind: 'note', id: 't1', from: 1, to: 'draft' }, 'classify'),
  );
  if (!opened.ok) throw new Error(opened.failure.message);
  const diff = opened.value;
  expect(diff.state.getState().title).toBe('classify.note (v1 ↔ draft)');
  expect(diff.view.getState()).toMatchObject({
    from: { name: 'v1', by: 'dana', content: saying('first') },
    to: { name: 'v2', by: 'ines', content: saying('second') },
  });

  server.draftBy('ines', saying('third'));
  on.live('tasks')?.event({ change: 'draft', id: 't1', name: 'classify' });
  await expect.poll(() => diff.view.getState().to).toMatchObject({ name: 'Draft', content: saying('third') });
});

it('says that there is nothing to compare', async () => {
  const opened = await openDiffDocument(on.platform, { kind: 'diff', id: 'note/t1' });
  expect(opened).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
});
