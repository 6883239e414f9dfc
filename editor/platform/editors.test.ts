import { failed, ok } from '@baton/engine/protocol';
import { beforeEach, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { manualTimers, settled } from '../test/manualTimers.ts';
import { createContextKeys } from './context.ts';
import { createDialogs, type Dialogs } from './dialogs.ts';
import { createDocumentKinds, type DocumentModel, type DocumentState, type Resource } from './documents.ts';
import { createEditors, type Editors, waitingBackups } from './editors.ts';
import { type KeyValueStorage, memoryStorage } from './host.ts';
import { createNotifications } from './notifications.ts';

interface Note extends DocumentModel {
  type(text: string): void;
  saves: string[];
}

const context = createContextKeys();
const Nothing = () => null;
let storage: KeyValueStorage;
let time: ReturnType<typeof manualTimers>;
let dialogs: Dialogs;
let disposed: string[];

/** An editor of notes: text one can type into; the note `broken` cannot be opened. */
function start(previews = () => true): Editors {
  const kinds = createDocumentKinds();
  const notes = (onePane: boolean) => ({
    label: 'Note',
    icon: 'codicon:note' as const,
    onePane,
    EditorPane: Nothing,
    async open(resource: Resource, { backup }: { backup?: string }) {
      if (resource.id === 'broken')
        return failed({ code: 'NOT_FOUND', message: 'Expected a note, but there is none' });
      let text = backup ?? '';
      const state = createStore<DocumentState>(() => ({ title: resource.id, dirty: backup !== undefined }));
      const note: Note = {
        resource,
        state,
        saves: [],
        type(more) {
          text += more;
          state.setState({ dirty: true });
        },
        async save() {
          note.saves.push(text);
          state.setState({ dirty: false });
          return ok();
        },
        backup: () => text,
        dispose: () => disposed.push(resource.id),
      };
      return ok(note);
    },
  });
  kinds.register({ kind: 'note', ...notes(false) });
  kinds.register({ kind: 'canvas', ...notes(true) });
  return createEditors({
    kinds,
    context,
    dialogs,
    notifications: createNotifications(time.clock, time.timers),
    storage,
    windowStorage: storage,
    clock: time.clock,
    timers: time.timers,
    previews,
    bug: (error) => {
      throw error;
    },
  });
}

beforeEach(() => {
  storage = memoryStorage();
  time = manualTimers();
  dialogs = createDialogs();
  disposed = [];
});

const note = (id: string): Resource => ({ kind: 'note', id });
const tabs = (editors: Editors) =>
  editors
    .getState()
    .groups.map((group) => group.tabs.map((tab) => (tab.preview ? `(${tab.resource.id})` : tab.resource.id)));

it('replaces a preview by the next one and lets go of its document', async () => {
  const editors = start();
  await editors.open(note('a'), { preview: true });
  await editors.open(note('b'), { preview: true });

  expect(tabs(editors)).toEqual([['(b)']]);
  expect(disposed).toEqual(['a']);
});

it('opens tabs that stay where the user wants no previews', async () => {
  const editors = start(() => false);
  await editors.open(note('a'), { preview: true });
  await editors.open(note('b'), { preview: true });

  expect(tabs(editors)).toEqual([['a', 'b']]);
});

it('keeps a preview once it is edited', async () => {
  const editors = start();
  const first = (await editors.open(note('a'), { preview: true })) as Note;
  first.type('x');
  await editors.open(note('b'), { preview: true });

  expect(tabs(editors)).toEqual([['a', '(b)']]);
  expect(context.get('documentKind')).toBe('note');
});

it('asks before closing what is not saved, and saves if told to', async () => {
  const editors = start();
  const first = (await editors.open(note('a'))) as Note;
  first.type('hello');

  const closing = editors.close(1, 'note:a');
  await settled();
  const open = dialogs.getState();
  expect(open).toMatchObject({ type: 'question', question: { title: 'Save the changes to a?' } });
  if (open?.type === 'question') open.answer('save');

  expect(await closing).toBe(true);
  expect(first.saves).toEqual(['hello']);
  expect(tabs(editors)).toEqual([[]]);
});

it('leaves the tab open when the question is cancelled', async () => {
  const editors = start();
  ((await editors.open(note('a'))) as Note).type('hello');

  const closing = editors.close(1, 'note:a');
  await settled();
  const open = dialogs.getState();
  if (open?.type === 'question') open.answer(undefined);

  expect(await closing).toBe(false);
  expect(tabs(editors)).toEqual([['a']]);
});

it('keeps unsaved work in the browser and gives it back after a reload', async () => {
  const before = start();
  ((await before.open(note('a'))) as Note).type('hello');
  time.advance(1_000);
  expect(waitingBackups(storage)).toEqual(['note:a']);

  const after = start();
  expect(after.restore()).toBe(true);
  await settled();
  const restored = after.model(note('a')) as Note;

  expect(restored.backup?.()).toBe('hello');
  expect(after.dirty()).toEqual([restored]);
  await after.save(restored);
  expect(waitingBackups(storage)).toEqual([]);
});

it('says in the tab why a document cannot be opened', async () => {
  const editors = start();

  expect(await editors.open(note('broken'))).toBeUndefined();
  expect(editors.getState().documents.get('note:broken')).toMatchObject({
    state: 'failed',
    failure: { code: 'NOT_FOUND' },
  });
});

it('shows one document in two groups and keeps it until both are closed', async () => {
  const editors = start();
  await editors.open(note('a'));
  editors.split();
  await settled();
  expect(tabs(editors)).toEqual([['a'], ['a']]);

  await editors.close(1, 'note:a');
  expect(disposed).toEqual([]);
  await editors.close(2, 'note:a');
  expect(disposed).toEqual(['a']);
});

it('moves what can be shown in one place only', async () => {
  const editors = start();
  await editors.open(note('a'));
  await editors.open({ kind: 'canvas', id: 'c' });
  editors.split();
  await settled();

  expect(tabs(editors)).toEqual([['a'], ['c']]);
  await editors.open({ kind: 'canvas', id: 'c' });
  expect(tabs(editors)).toEqual([['a'], ['c']]);
  expect(editors.getState().activeGroup).toBe(2);
});

it('splits down and to the right, moves between groups, and closes a group with its last tab', async () => {
  const editors = start();
  await editors.open(note('a'));
  await editors.open(note('b'));
  editors.split('down');
  await settled();
  expect(tabs(editors)).toEqual([['a', 'b'], ['b']]);
  expect(editors.beside('up')).toBe(1);

  editors.moveToEdge(1, 'note:a', 2, 'right');
  expect(tabs(editors)).toEqual([['b'], ['b'], ['a']]);
  await editors.close(3, 'note:a');
  expect(tabs(editors)).toEqual([['b'], ['b']]);
  expect(disposed).toEqual(['a']);
});

it('leaves a group as it is when its only tab goes to its own edge', async () => {
  const editors = start();
  await editors.open(note('a'));
  expect(editors.canMoveToEdge(1, 'note:a', 1)).toBe(false);
  editors.moveToEdge(1, 'note:a', 1, 'left');

  expect(tabs(editors)).toEqual([['a']]);
});

it('keeps pinned tabs in front, and closes the others around them', async () => {
  const editors = start();
  for (const id of ['a', 'b', 'c']) await editors.open(note(id));
  editors.pin(1, 'note:c', true);
  editors.move(1, 'note:a', 1, 'note:c');
  expect(tabs(editors)).toEqual([['c', 'a', 'b']]);

  await editors.closeOthers(1, 'note:b');
  expect(tabs(editors)).toEqual([['c', 'b']]);
  await editors.open(note('d'), { preview: true });
  editors.pin(1, 'note:d', true);
  expect(tabs(editors)).toEqual([['c', 'd', 'b']]);
});

it('shows the one used before when a tab closes, and opens again where it was', async () => {
  const editors = start();
  for (const id of ['a', 'b', 'c']) await editors.open(note(id));
  editors.activate(1, 'note:a');
  editors.activate(1, 'note:b');
  await editors.close(1, 'note:b');
  expect(editors.activeResource()).toEqual(note('a'));

  expect(editors.reopenClosed()).toBe(true);
  expect(tabs(editors)).toEqual([['a', 'b', 'c']]);
  expect(editors.activeResource()).toEqual(note('b'));
  expect(editors.reopenClosed()).toBe(false);
});

it('remembers the grid, and begins anew with one that will not do', async () => {
  const before = start();
  await before.open(note('a'));
  before.split('down');
  await settled();
  before.flush();
  const { grid } = before.getState();
  const after = start();
  after.restore();
  expect(after.getState().grid).toEqual(grid);

  storage.set('editors', JSON.stringify({ groups: [{ id: 1, tabs: [] }], grid: { group: 7 } }));
  expect(start().restore()).toBe(false);
});

it('keeps what is open of a document that was deleted elsewhere, and asks before it is lost', async () => {
  const editors = start();
  const open = (await editors.open(note('a'))) as Note;
  open.type('hello');
  editors.gone(note('a'));
  expect(editors.getState().documents.get('note:a')).toMatchObject({ gone: 1_000_000 });

  const closing = editors.close(1, 'note:a');
  await settled();
  const question = dialogs.getState();
  expect(question).toMatchObject({ question: { title: 'Close a and lose what is on the screen?' } });
  if (question?.type === 'question') question.answer('drop');
  expect(await closing).toBe(true);
  expect(disposed).toEqual(['a']);
});
