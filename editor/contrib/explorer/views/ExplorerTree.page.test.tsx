import { failed, ok } from '@baton/engine/protocol';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it } from 'vitest';
import type { Platform } from '../../../platform/platform.ts';
import { kindOf, type ResourceCalls, type VersionedEntry } from '../../../platform/versionedKinds.ts';
import { editorServer } from '../../../test/editorServer.ts';
import { settled } from '../../../test/manualTimers.ts';
import { platformOn } from '../../../test/versionedServer.ts';
import { PlatformContext } from '../../../workbench/platformContext.ts';
import { createExplorerStore } from '../explorerStore.ts';
import { ExplorerTree } from './ExplorerTree.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

type List = Awaited<ReturnType<ResourceCalls['list']>>;

/** A kind whose list is answered when the test says so: whole, or only how it begins. */
function kindAnswering(platform: Platform, kind: string, plural: 'tasks' | 'tools') {
  const asked: { resolve(list: List): void; begins: Parameters<ResourceCalls['list']>[0] }[] = [];
  const calls = {
    list: (begins) => new Promise<List>((resolve) => asked.push({ resolve, begins })),
  } satisfies Pick<ResourceCalls, 'list'> as unknown as ResourceCalls;
  platform.versionedKinds.register(
    kindOf(
      {
        kind,
        plural,
        label: kind,
        icon: 'codicon:note',
        order: 5,
        ending: `.${kind}`,
        purpose: `What a ${kind} is for.`,
        deletion: 'It is gone.',
        newCommand: `${kind}.new`,
        texts: async () => ({ parts: [], contentOf: () => ok({}) }),
      },
      calls,
    ),
  );
  platform.commands.register({ id: `${kind}.new`, title: `New ${kind}…`, run: () => undefined });
  const after = (told: () => void) =>
    act(async () => {
      told();
      await settled();
    });
  return {
    begin: (entries: readonly VersionedEntry[]) => after(() => asked[0]!.begins!(entries)),
    answer: (list: List) => after(() => asked.shift()!.resolve(list)),
  };
}

const entry = (id: string, name: string): VersionedEntry => ({ id, name, updatedAt: '', updatedBy: 'dana' });

let unmount: (() => void) | undefined;
afterEach(() => unmount?.());

function explorerOf(platform: Platform) {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  act(() =>
    root.render(
      <PlatformContext value={platform}>
        <ExplorerTree store={createExplorerStore()} />
      </PlatformContext>,
    ),
  );
  unmount = () => {
    act(() => root.unmount());
    place.remove();
    platform.documents.dispose();
  };
  return {
    loading: () => place.querySelector('[role="status"][aria-label="Loading"]') !== null,
    rows: () => [...place.querySelectorAll<HTMLElement>('[role="treeitem"]')].map((row) => row.textContent),
    row: (name: string) =>
      [...place.querySelectorAll<HTMLElement>('[role="treeitem"]')].find((row) => row.textContent === name)!,
  };
}

it('the tree comes with the last of its lists, and calls no folder empty before', async () => {
  const { platform } = platformOn(editorServer);
  const haiku = kindAnswering(platform, 'haiku', 'tasks');
  const sonnet = kindAnswering(platform, 'sonnet', 'tools');
  const { loading, rows } = explorerOf(platform);
  await haiku.answer(ok([]));
  expect([loading(), rows()]).toEqual([true, []]);

  await sonnet.answer(ok([entry('s1', 'summer')]));
  expect([loading(), rows()]).toEqual([false, ['tasks', 'New haiku…', 'tools', 'summer.sonnet']]);
});

it('a folder that could not be read says so, and is read again where it says it', async () => {
  const { platform } = platformOn(editorServer);
  const haiku = kindAnswering(platform, 'haiku', 'tasks');
  const sonnet = kindAnswering(platform, 'sonnet', 'tools');
  const { row, rows } = explorerOf(platform);
  await sonnet.answer(ok([entry('s1', 'summer')]));
  await haiku.answer(failed({ code: 'OFFLINE', message: 'The server is not reached.', status: 0 }));
  expect(rows()).toEqual(['tasks', 'Not read: try again', 'tools', 'summer.sonnet']);

  act(() => row('Not read: try again').click());
  await sonnet.answer(ok([entry('s1', 'summer')]));
  await haiku.answer(ok([entry('h1', 'old-pond')]));
  expect(rows()).toEqual(['tasks', 'old-pond.haiku', 'tools', 'summer.sonnet']);
});

it('of a long list the first are shown while more come; read again, it stays as it was until all are there', async () => {
  const { platform } = platformOn(editorServer);
  const sonnet = kindAnswering(platform, 'sonnet', 'tools');
  const { loading, rows } = explorerOf(platform);
  await sonnet.begin([entry('s1', 'autumn')]);
  expect([loading(), rows()]).toEqual([false, ['tools', 'autumn.sonnet']]);
  await sonnet.answer(ok([entry('s1', 'autumn'), entry('s2', 'summer')]));
  expect(rows()).toEqual(['tools', 'autumn.sonnet', 'summer.sonnet']);

  void platform.documents.refresh();
  await sonnet.begin([entry('s1', 'autumn')]);
  expect(rows()).toEqual(['tools', 'autumn.sonnet', 'summer.sonnet']);
  await sonnet.answer(ok([entry('s1', 'autumn')]));
  expect(rows()).toEqual(['tools', 'autumn.sonnet']);
});

it('a long list that could not be read to its end says so above what was read', async () => {
  const { platform } = platformOn(editorServer);
  const sonnet = kindAnswering(platform, 'sonnet', 'tools');
  const { rows } = explorerOf(platform);
  await sonnet.begin([entry('s1', 'autumn')]);
  await sonnet.answer(failed({ code: 'OFFLINE', message: 'The server is not reached.', status: 0 }));
  expect(rows()).toEqual(['tools', 'Not read: try again', 'autumn.sonnet']);
});
