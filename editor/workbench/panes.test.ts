import { expect, test } from 'vitest';
import { createEditorGroups } from '../platform/editorGroups.ts';
import { mostHidden, type Pane, panesOf } from './panes.ts';

const resource = (id: string) => ({ kind: 'note', id });
const key = (id: string) => `note:${id}`;

/** Groups of tabs, and the panes that are mounted for them from step to step. */
function workbench(stays: (kind: string) => boolean = () => true) {
  const groups = createEditorGroups();
  let panes: readonly Pane[] = [];
  const follow = () => {
    panes = panesOf(panes, groups.getState(), ({ resource: { kind } }) => stays(kind));
  };
  return {
    groups,
    open(id: string, group = groups.active().id) {
      groups.show(group, resource(id), { preview: false });
      follow();
    },
    /** Several changes are seen as one, as the frame draws them. */
    change(change: () => void) {
      change();
      follow();
    },
    panes: () => panes,
    ids: () => Object.fromEntries(panes.map((pane) => [pane.key, pane.id])),
  };
}

test('a tab that comes to the front again has the pane it had', () => {
  const { groups, open, change, ids, panes } = workbench();
  open('a');
  const first = ids()[key('a')];
  open('b');
  change(() => groups.activate(1, key('a')));
  expect(ids()).toEqual({ [key('a')]: first, [key('b')]: expect.any(Number) });
  const before = panes();
  change(() => groups.keep(1, key('a')));
  expect(panes()).toBe(before);
});

test('of those behind the front one the last that were shown stay', () => {
  const { open, panes } = workbench();
  const all = Array.from({ length: mostHidden + 3 }, (_, at) => `n${at}`);
  for (const id of all) open(id);
  expect(panes().map((pane) => pane.key)).toEqual(all.slice(-mostHidden - 1).map(key));
});

test('a closed tab takes its pane along, and one opened again gets a new one', () => {
  const { groups, open, change, ids } = workbench();
  open('a');
  open('b');
  const before = ids()[key('a')];
  change(() => groups.remove(1, key('a')));
  expect(Object.keys(ids())).toEqual([key('b')]);
  open('a');
  expect(ids()[key('a')]).not.toBe(before);
});

test('a tab moved to another group keeps its pane', () => {
  const { groups, open, change, panes } = workbench();
  open('a');
  open('b');
  const before = panes();
  change(() => groups.move(1, key('b'), groups.add(1, 'right')));
  expect(panes()).toEqual(before.map((pane) => (pane.key === key('b') ? { ...pane, group: 2 } : pane)));
});

test('a document beside itself has a pane in each group', () => {
  const { groups, open, panes } = workbench();
  open('a');
  open('a', groups.add(1, 'right'));
  expect(panes()).toEqual([
    { id: 1, group: 1, key: key('a') },
    { id: 2, group: 2, key: key('a') },
  ]);
});

test('a page that shows what is when it is opened does not wait behind others', () => {
  const { open, panes } = workbench((kind) => kind !== 'note');
  open('a');
  open('b');
  expect(panes().map((pane) => pane.key)).toEqual([key('b')]);
});
