import { failed, ok, type Result } from '@baton/engine/protocol';
import { beforeEach, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { manualTimers, settled } from '../test/manualTimers.ts';
import { createContextKeys } from './context.ts';
import { createDeletions, type Deletion, type Deletions, undoTime } from './deletions.ts';
import { createDialogs } from './dialogs.ts';
import { createDocumentKinds } from './documents.ts';
import { createEditors, type Editors } from './editors.ts';
import type { Failure } from './failure.ts';
import { memoryStorage } from './host.ts';
import { createNotifications, type Notifications } from './notifications.ts';

let time: ReturnType<typeof manualTimers>;
let notifications: Notifications;
let editors: Editors;
let deletions: Deletions;
let asked: string[];

beforeEach(() => {
  asked = [];
  time = manualTimers();
  notifications = createNotifications(time.clock, time.timers);
  const kinds = createDocumentKinds();
  kinds.register({
    kind: 'note',
    label: 'Note',
    icon: 'codicon:note',
    EditorPane: () => null,
    open: async (resource) =>
      ok({ resource, state: createStore(() => ({ title: resource.id, dirty: false })), dispose() {} }),
  });
  editors = createEditors({
    kinds,
    context: createContextKeys(),
    dialogs: createDialogs(),
    notifications,
    storage: memoryStorage(),
    windowStorage: memoryStorage(),
    ...time,
    bug: (error) => {
      throw error;
    },
  });
  deletions = createDeletions({ notifications, editors, kinds, timers: time.timers });
});

function note(id: string, answers: Result<unknown, Failure>[] = []): Deletion {
  return {
    resource: { kind: 'note', id },
    title: `${id}.md`,
    consequence: 'Links to it lead nowhere.',
    async remove(leaving) {
      asked.push(leaving ? `${id} (leaving)` : id);
      return answers.shift() ?? ok();
    },
  };
}

const inUse = (users: { kind: string; id: string; name: string }[]) =>
  failed({ code: 'IN_USE', message: 'Expected nobody to use it, but 1 does.', details: { usedBy: users } });
const latest = () => notifications.getState()[0]!;
const press = (title: string) =>
  latest()
    .actions!.find((action) => action.title === title)!
    .run();
const opened = () => editors.getState().groups.flatMap(({ tabs }) => tabs.map(({ key }) => key));

it('takes it from the screen at once and from the server when nobody thought better of it', async () => {
  await editors.open({ kind: 'note', id: 'a' });
  deletions.delete(note('a'));
  expect([[...deletions.getState()], opened(), asked]).toEqual([['note:a'], [], []]);
  expect(latest().message).toBe('a.md is deleted. Links to it lead nowhere.');

  time.advance(undoTime);
  await settled();
  expect([asked, latest().actions]).toEqual([['a'], []]);
  // Lists have read again by then.
  time.advance(2_000);
  expect(deletions.getState().size).toBe(0);
});

it('brings it back as it was, open where it was open', async () => {
  await editors.open({ kind: 'note', id: 'a' });
  deletions.delete(note('a'));
  press('Undo');
  expect([[...deletions.getState()], opened(), latest().message]).toEqual([[], ['note:a'], 'a.md is back.']);
  time.advance(undoTime);
  await settled();
  expect([asked, deletions.undo()]).toEqual([[], false]);
});

it('brings back what is used, with the reason and the way there', async () => {
  const user = { kind: 'note', id: 'b', name: 'b' };
  deletions.delete(note('a', [inUse([user])]));
  time.advance(undoTime);
  await settled();
  expect(deletions.getState().size).toBe(0);
  expect(latest().message).toBe('a.md is still there. Expected nobody to use it, but 1 does.');
  press('Open b');
  expect(opened()).toEqual(['note:b']);
});

it('offers to try again where the server could not be reached', async () => {
  deletions.delete(note('a', [failed({ code: 'UNREACHABLE', message: 'Expected an answer.' })]));
  time.advance(undoTime);
  await settled();
  press('Retry');
  expect(deletions.hides({ kind: 'note', id: 'a' })).toBe(true);
});

it('deletes many with one undo, and what is used by one of them after that one', async () => {
  const used = note('used', [inUse([{ kind: 'note', id: 'user', name: 'user' }])]);
  deletions.delete(used, note('user'), note('third'));
  expect(latest().message).toBe('3 items are deleted. Links to it lead nowhere.');
  time.advance(undoTime);
  await settled();
  expect(asked).toEqual(['used', 'user', 'third', 'used']);
  expect(notifications.getState()).toHaveLength(1);
});

it('sends what waits when the page goes away, once', async () => {
  deletions.delete(note('a'));
  deletions.delete(note('b'));
  deletions.leave();
  time.advance(undoTime);
  await settled();
  expect(asked).toEqual(['a (leaving)', 'b (leaving)']);
});

it('frees a name before it is given again', async () => {
  deletions.delete(note('a'));
  await deletions.finish();
  expect([asked, deletions.getState().size]).toEqual([['a'], 0]);
});

it('does not delete twice what is already going', async () => {
  deletions.delete(note('a'));
  deletions.delete(note('a'));
  time.advance(undoTime);
  await settled();
  expect(asked).toEqual(['a']);
});
