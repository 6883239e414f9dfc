import type { Permission } from '@baton/gateway/api';
import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import { versionedDeletion } from '../../platform/deletions.ts';
import { type Resource, resourceKey } from '../../platform/documents.ts';
import type { Contribution, Platform } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { duplicate } from './duplicate.ts';
import { createExplorerStore, type ExplorerStore } from './explorerStore.ts';
import { ExplorerActions, ExplorerTree } from './views/ExplorerTree.tsx';

/** The tree of all that the tenant keeps in versions: a folder for each kind that is registered. */
export const explorer: Contribution = (platform) => {
  const { commands, keybindings, menus, views, quickAccess, editors, layout, notifications, deletions } =
    platform;
  const { versionedKinds, documents } = platform;
  const store = createExplorerStore();
  const selected = (): Resource | undefined => {
    const [kind, id] = store.getState().selected?.split(':') ?? [];
    const entry = kind && id ? documents.entry({ kind, id }) : undefined;
    return kind && entry ? { kind, id: entry.id, name: entry.name } : undefined;
  };
  /** All that are chosen, or the one that is selected. */
  const chosen = (argument: unknown): readonly Resource[] => {
    const { selection } = store.getState();
    const pointed = argument as Resource | undefined;
    if (pointed && !selection.has(resourceKey(pointed))) return [pointed];
    return documents
      .getState()
      .flatMap(({ versioned: { kind }, entries }) =>
        entries
          .filter(({ id }) => selection.has(resourceKey({ kind, id })))
          .map(({ id, name }) => ({ kind, id, name })),
      );
  };
  const copy = async (resources: readonly Resource[]) => {
    const wanted = resources.filter(({ kind }) => {
      const versioned = versionedKinds.get(kind);
      return versioned !== undefined && may(versioned.write, 'make a copy');
    });
    const made = await duplicate(platform, wanted);
    if (!made.ok) return notifications.failure(made.failure);
    await documents.refresh();
    const [only, ...more] = made.value;
    if (only && more.length === 0) {
      store.reveal(only);
      store.rename(resourceKey(only));
    } else if (only) notifications.success(`${made.value.length} copies are made.`);
  };
  const target = (argument: unknown) => (argument as Resource | undefined) ?? selected();
  /** The tree's keys reach what its menu leaves out; then it is said why nothing happens. */
  const may = (permission: Permission, what: string): boolean => {
    const given = Boolean(platform.context.get(`permission:${permission}`));
    if (!given)
      notifications.info(`Expected the permission ${permission} to ${what}, but your roles do not give it.`);
    return given;
  };
  const parts: Disposable[] = [followActive(platform, store)];

  parts.push(
    views.registerContainer({ id: 'explorer', title: 'Explorer', icon: 'codicon:files', order: 10 }),
    views.register({
      id: 'explorer.documents',
      container: 'explorer',
      title: platform.me.tenant.name,
      alwaysTitled: true,
      View: bound(ExplorerTree, { store }),
      Actions: bound(ExplorerActions, { store }),
    }),
    commands.register({
      id: 'explorer.show',
      title: 'Show explorer',
      category: 'View',
      icon: 'codicon:files',
      run() {
        layout.showContainer('explorer');
        layout.focus('sideBar');
      },
    }),
    keybindings.register({ key: 'ctrl+shift+e', command: 'explorer.show' }),
    menus.register('menubar/view', { command: 'explorer.show', group: '3_views', order: 10 }),
    commands.register({
      id: 'explorer.refresh',
      title: 'Refresh explorer',
      category: 'Explorer',
      icon: 'codicon:refresh',
      run: () => documents.refresh(),
    }),
    menus.register('view/explorer', { command: 'explorer.refresh', title: 'Refresh' }),
    commands.register({
      id: 'explorer.reveal',
      title: 'Reveal in explorer',
      category: 'Explorer',
      when: 'editorOpen',
      run(resource) {
        const shown = (resource as Resource | undefined) ?? editors.activeResource();
        if (!shown) return;
        store.reveal(shown);
        layout.showContainer('explorer');
      },
    }),
    commands.register({
      id: 'explorer.open',
      title: 'Open',
      palette: false,
      icon: 'codicon:go-to-file',
      async run(argument) {
        for (const resource of chosen(argument)) await editors.open(resource);
      },
    }),
    menus.register('explorer/item', { command: 'explorer.open', group: '1_open', order: 10 }),
    commands.register({
      id: 'explorer.openToSide',
      title: 'Open to the side',
      palette: false,
      icon: 'codicon:split-horizontal',
      async run(argument) {
        const [first, ...others] = chosen(argument);
        if (first) await editors.open(first, { group: 'side' });
        for (const resource of others) await editors.open(resource);
      },
    }),
    menus.register('explorer/item', { command: 'explorer.openToSide', group: '1_open', order: 20 }),
    commands.register({
      id: 'explorer.rename',
      title: 'Rename…',
      palette: false,
      icon: 'codicon:edit',
      run(argument) {
        const resource = target(argument);
        const versioned = resource && versionedKinds.get(resource.kind);
        if (versioned && may(versioned.write, 'rename')) store.rename(`${resource.kind}:${resource.id}`);
      },
    }),
    menus.register('explorer/item', {
      command: 'explorer.rename',
      group: '2_change',
      order: 10,
      when: 'explorerItemWritable',
    }),
    commands.register({
      id: 'explorer.delete',
      title: 'Delete',
      palette: false,
      icon: 'codicon:trash',
      run(argument) {
        const going = chosen(argument).flatMap((resource) => {
          const versioned = versionedKinds.get(resource.kind);
          return versioned && may(versioned.delete, 'delete') ? versionedDeletion(versioned, resource) : [];
        });
        if (going.length > 0) deletions.delete(...going);
      },
    }),
    commands.register({
      id: 'explorer.duplicate',
      title: 'Duplicate',
      palette: false,
      icon: 'codicon:copy',
      run: (argument) => copy(chosen(argument)),
    }),
    menus.register('explorer/item', {
      command: 'explorer.duplicate',
      group: '2_change',
      order: 15,
      when: 'explorerItemWritable',
    }),
    commands.register({
      id: 'explorer.copy',
      title: 'Copy documents',
      palette: false,
      run: () => store.copy(chosen(undefined)),
    }),
    commands.register({
      id: 'explorer.paste',
      title: 'Paste documents',
      palette: false,
      run: () => copy(store.getState().copied),
    }),
    commands.register({
      id: 'explorer.filter',
      title: 'Filter documents',
      category: 'Explorer',
      icon: 'codicon:filter',
      run() {
        layout.showContainer('explorer');
        const { filter } = store.getState();
        store.filter(filter === undefined ? '' : undefined);
      },
    }),
    menus.register('view/explorer', { command: 'explorer.filter', title: 'Filter', order: 10 }),
    ...(['name', 'updated'] as const).map((by) =>
      disposeAll(
        commands.register({
          id: `explorer.sort.${by}`,
          title: by === 'name' ? 'Sort by name' : 'Sort by time of change',
          category: 'Explorer',
          run: () => store.sort(by),
        }),
        menus.register('view/explorer', { command: `explorer.sort.${by}`, group: '6_sort' }),
      ),
    ),
    menus.register('explorer/item', {
      command: 'explorer.delete',
      group: '2_change',
      order: 20,
      when: 'explorerItemRemovable',
    }),
    quickAccess.register({
      id: 'documents',
      prefix: '',
      title: 'documents',
      placeholder: 'Name of a document, or > for commands, ? for more',
      description: 'Open a document by its name',
      remembers: true,
      opensToSide: true,
      subscribe: documents.subscribe,
      items: () =>
        documents.getState().flatMap(({ versioned, entries }) =>
          entries
            .filter(({ id }) => !deletions.hides({ kind: versioned.kind, id }))
            .map((entry) => ({
              id: `${versioned.kind}:${entry.id}`,
              label: versioned.fileName(entry.name),
              description: versioned.plural,
              icon: versioned.icon,
              ...(versioned.colour && { kind: versioned.colour }),
              run: (how) =>
                void editors.open(
                  { kind: versioned.kind, id: entry.id, name: entry.name },
                  how?.side ? { group: 'side' } : {},
                ),
            })),
        ),
    }),
  );
  return disposeAll(...parts);
};

/** The document in front of the user is the one selected in the tree. */
function followActive({ editors, versionedKinds }: Platform, store: ExplorerStore): Disposable {
  let before: string | undefined;
  const follow = () => {
    const active = editors.activeResource();
    const key = active && resourceKey(active);
    if (key === before) return;
    before = key;
    if (key && versionedKinds.get(active.kind)) store.select(key);
  };
  follow();
  return disposable(editors.subscribe(follow));
}
