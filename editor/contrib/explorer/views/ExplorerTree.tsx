import './ExplorerTree.css';
import { useMemo, useState } from 'react';
import type { Readable } from '../../../base/readable.ts';
import { resourceKey } from '../../../platform/documents.ts';
import type { OpenDocument } from '../../../platform/editors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { renameDocument } from '../../../platform/renaming.ts';
import type { VersionedEntry, VersionedKind } from '../../../platform/versionedKinds.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { writeResource } from '../../../ui/resourceDrag.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tree, type TreeNode } from '../../../ui/Tree.tsx';
import { useContextMenu } from '../../../workbench/contextMenu.tsx';
import { menuEntries } from '../../../workbench/menuEntries.ts';
import {
  useContextValue,
  useMenuItems,
  usePlatform,
  useReadable,
} from '../../../workbench/platformContext.ts';
import type { ExplorerState, ExplorerStore } from '../explorerStore.ts';

/** A folder, a document in it, or a row that is none: what pressing it does. */
type Value = { versioned: VersionedKind; entry?: VersionedEntry; does?: 'create' | 'readAgain' };

/** In a folder without documents: what it is for. In one whose list could not be read, whole or from somewhere on: so. */
function rowBefore(
  { commands, documents }: Platform,
  versioned: VersionedKind,
  isEmpty: boolean,
): TreeNode<Value> | undefined {
  const { kind, newCommand, plural, purpose } = versioned;
  const { status, failure } = documents.folder(kind) ?? {};
  if (failure) {
    return {
      id: `${kind} again`,
      label: 'Not read: try again',
      title: failure.message,
      icon: 'codicon:warning',
      tone: 'has-warning',
      value: { versioned, does: 'readAgain' },
    };
  }
  if (!isEmpty || status !== 'ready' || !commands.enabled(newCommand)) return undefined;
  return {
    id: `${kind} new`,
    label: commands.get(newCommand)?.title ?? `New ${plural}…`,
    title: purpose,
    icon: 'codicon:add',
    tone: 'dim',
    value: { versioned, does: 'create' },
  };
}

export function ExplorerTree({ store }: { store: ExplorerStore }) {
  const platform = usePlatform();
  const { editors, problems, notifications, deletions } = platform;
  const state = useReadable(store);
  const folders = useReadable(platform.documents);
  const { documents } = useReadable(editors);
  const drafts = useReadable(useDraftStates(documents));
  const known = useReadable(problems);
  const hidden = useReadable(deletions);
  // The tree comes with the last of its lists: no row moves down for another.
  const loaded = folders.length > 0 && folders.every(({ status }) => status !== 'loading');
  const [complete, setComplete] = useState(loaded);
  if (loaded && !complete) setComplete(true);
  const menu = useContextMenu();
  const creatable = useContextValue(() =>
    folders.map(({ versioned }) => Number(platform.commands.enabled(versioned.newCommand))).join(''),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: whether there is a draft stands in the models
  const nodes = useMemo(
    () =>
      folders.map(({ versioned, entries }): TreeNode<Value> => {
        const { kind, colour } = versioned;
        return {
          id: kind,
          label: versioned.plural,
          icon: 'codicon:folder',
          kind: 'process',
          value: { versioned },
          children: shownOf(entries, state)
            .filter(({ id }) => !hidden.has(resourceKey({ kind, id })))
            .map((entry): TreeNode<Value> => {
              const key = resourceKey({ kind, id: entry.id });
              const open = documents.get(key);
              const dirty =
                open?.state === 'open' ? (open.model.state.getState().draft ?? false) : Boolean(entry.draft);
              const own = known.get(key)?.problems ?? [];
              const errors = own.filter((problem) => problem.severity === 'error').length;
              const warnings = own.filter((problem) => problem.severity === 'warning').length;
              const marks = [errors || warnings || undefined, dirty && 'M'].filter(Boolean).join(', ');
              return {
                id: key,
                label: versioned.fileName(entry.name),
                icon: versioned.icon,
                ...(colour && { kind: colour }),
                value: { versioned, entry },
                ...(marks && { decoration: marks }),
                tone: errors ? 'has-error' : warnings ? 'has-warning' : dirty ? 'modified' : undefined,
              };
            }),
        };
      }),
    [folders, documents, known, drafts, hidden, state.filter, state.sort],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: whether one can be made stands in the commands
  const shown = useMemo(
    () =>
      nodes.flatMap((node): TreeNode<Value>[] => {
        const { children = [], value } = node;
        // A filter leaves out what has nothing of it.
        if (state.filter) return children.length > 0 ? [node] : [];
        const row = rowBefore(platform, value.versioned, children.length === 0);
        return [row ? { ...node, children: [row, ...children] } : node];
      }),
    [nodes, state.filter, platform, creatable],
  );

  const failure = folders.find((folder) => folder.failure)?.failure;
  if (folders.length === 0) {
    return (
      <div className="explorer-empty">
        <p>Your roles let you read no documents. An admin of the tenant gives roles.</p>
      </div>
    );
  }
  if (!complete) return <Skeleton lines={6} />;
  if (failure && folders.every((folder) => folder.entries.length === 0)) {
    return (
      <div className="explorer-empty">
        <p>{failure.message}</p>
        <Button onClick={() => void platform.documents.refresh()}>Try again</Button>
      </div>
    );
  }
  if (folders.every((folder) => folder.entries.length === 0)) return <NothingYet />;

  const resourceOf = ({ value: { versioned, entry } }: TreeNode<Value>) =>
    entry && { kind: versioned.kind, id: entry.id, name: entry.name };
  /** What a command of a row's menu is about: all that are chosen, if the row is one of them. */
  const pointedAt = (node: TreeNode<Value>) =>
    shown
      .flatMap(({ children = [] }) => children)
      .filter(({ id }) => (state.selection.has(node.id) ? state.selection.has(id) : id === node.id))
      .flatMap((one) => resourceOf(one) ?? []);
  const renaming = state.renaming?.split(':');
  const renamed = renaming && platform.documents.entry({ kind: renaming[0]!, id: renaming[1]! });
  return (
    <>
      {state.filter !== undefined && <Filter store={store} />}
      <Tree
        label="Documents"
        nodes={shown}
        selection={state.selection}
        onSelection={(chosen) => store.choose(chosen.map((node) => node.id))}
        onKey={(event) => {
          if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return false;
          const key = event.key.toLowerCase();
          if (key === 'c') void platform.commands.run('explorer.copy');
          else if (key === 'v') void platform.commands.run('explorer.paste');
          else if (key === 'a')
            store.choose(shown.flatMap(({ children = [] }) => children.map(({ id }) => id)));
          else if (key === 'f') store.filter(state.filter ?? '');
          else return false;
          return true;
        }}
        closed={state.closed}
        onToggle={store.toggle}
        selected={state.selected}
        onSelect={(node) => store.select(node.id)}
        onOpen={(node, keep) => {
          const { does, versioned } = node.value;
          if (does === 'create') return void platform.commands.run(versioned.newCommand);
          if (does === 'readAgain') return void platform.documents.refresh();
          const resource = resourceOf(node);
          if (!resource) return;
          if (keep && state.selection.has(node.id)) void platform.commands.run('explorer.open', resource);
          else void editors.open(resource, { preview: !keep });
        }}
        onContextMenu={(node, at) => {
          const resource = resourceOf(node);
          const { write, delete: remove } = node.value.versioned;
          platform.context.set('explorerItemWritable', platform.context.get(`permission:${write}`));
          platform.context.set('explorerItemRemovable', platform.context.get(`permission:${remove}`));
          const groups = resource
            ? menuEntries(platform, 'explorer/item', [resource, pointedAt(node)])
            : menuEntries(platform, 'explorer/new');
          menu.show(node.label, groups, at);
        }}
        onRename={(node) => void platform.commands.run('explorer.rename', resourceOf(node))}
        onDelete={(node) => void platform.commands.run('explorer.delete', resourceOf(node))}
        onDrag={(node, data) => {
          const resource = resourceOf(node);
          if (resource) writeResource(data, resource);
          return resource !== undefined;
        }}
        editing={
          renamed && {
            id: state.renaming!,
            value: renamed.name,
            cancel: () => store.rename(undefined),
            async commit(name) {
              store.rename(undefined);
              const versioned = platform.versionedKinds.get(renaming[0]!);
              if (!versioned || name === '' || name === renamed.name) return;
              const answer = await renameDocument(platform, { kind: versioned.kind, id: renamed.id }, name);
              if (!answer.ok) notifications.failure(answer.failure);
              await platform.documents.refresh();
            },
          }
        }
      />
      {menu.element}
    </>
  );
}

function shownOf(entries: readonly VersionedEntry[], { filter, sort }: ExplorerState) {
  const wanted = filter?.trim().toLowerCase();
  const found = wanted ? entries.filter(({ name }) => name.toLowerCase().includes(wanted)) : entries;
  if (sort === 'name') return found;
  return [...found].sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1));
}

/** Narrows the tree while one types; Esc closes it, down goes to what was found. */
function Filter({ store }: { store: ExplorerStore }) {
  const filter = useReadable(store, (state) => state.filter) ?? '';
  return (
    <div className="explorer-filter">
      <Input
        small
        icon="codicon:filter"
        aria-label="Filter documents by name"
        placeholder="Filter by name"
        autoFocus
        value={filter}
        onChange={(event) => store.filter(event.target.value)}
        onKeyDown={(event) => {
          const tree = event.currentTarget.closest('.explorer-filter')?.nextElementSibling;
          if (event.key === 'Escape') store.filter(undefined);
          else if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          event.stopPropagation();
          if (tree instanceof HTMLElement) tree.focus();
        }}
      />
    </div>
  );
}

/** Which open documents have a draft, as one text that changes with it. */
function useDraftStates(documents: ReadonlyMap<string, OpenDocument>): Readable<string> {
  return useMemo(() => {
    const models = [...documents.values()].flatMap((entry) => (entry.state === 'open' ? [entry.model] : []));
    return {
      getState: () => models.map(({ state }) => Number(state.getState().draft ?? false)).join(''),
      subscribe(listener) {
        const stops = models.map(({ state }) => state.subscribe(listener));
        return () => {
          for (const stop of stops) stop();
        };
      },
    };
  }, [documents]);
}

/** What the tree is for, and the one thing to do first. */
function NothingYet() {
  const { commands } = usePlatform();
  const [create] = useMenuItems('explorer/new')
    .flat()
    .flatMap(({ command }) => (commands.enabled(command) ? [commands.get(command)!] : []));
  return (
    <div className="explorer-empty">
      <p>Nothing here yet. Everything you make appears in this tree: workflows, agents, tools, tasks.</p>
      {create && (
        <Button look="primary" onClick={() => void commands.run(create.id)}>
          {create.title}
        </Button>
      )}
    </div>
  );
}

export function ExplorerActions({ store }: { store: ExplorerStore }) {
  const platform = usePlatform();
  const menu = useContextMenu();
  const groups = useMenuItems('explorer/new');
  return (
    <>
      {groups.length > 0 && (
        <IconButton
          icon="codicon:add"
          label="New document"
          small
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            menu.show('New document', menuEntries(platform, 'explorer/new'), {
              x: box.left,
              y: box.bottom + 2,
            });
          }}
        />
      )}
      <IconButton
        icon="codicon:filter"
        label="Filter documents"
        small
        onClick={() => store.filter(store.getState().filter === undefined ? '' : undefined)}
      />
      <IconButton
        icon="codicon:refresh"
        label="Refresh"
        small
        onClick={() => void platform.documents.refresh()}
      />
      {menu.element}
    </>
  );
}
