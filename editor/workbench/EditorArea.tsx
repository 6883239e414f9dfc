import './EditorArea.css';
import { Fragment, Suspense, useMemo, useState } from 'react';
import type { DocumentProps } from '../platform/documents.ts';
import type { Group, OpenDocument, Tab } from '../platform/editors.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { KeyHint, keysText } from '../ui/KeyHint.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { SplitView } from '../ui/SplitView.tsx';
import { useContextMenu } from './contextMenu.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { menuEntries } from './menuEntries.ts';
import { useContextKeys, useDocumentState, usePlatform, useReadable } from './platformContext.ts';
import { droppedTab, isTabDrag, TabBar } from './TabBar.tsx';

/** Groups side by side; each shows one document. */
export function EditorArea() {
  const { editors } = usePlatform();
  const { groups, activeGroup } = useReadable(editors);
  const [shares, setShares] = useState<Readonly<Record<number, number>>>({});
  const whole = groups.reduce((sum, group) => sum + (shares[group.id] ?? 1), 0);
  const panes = groups.map((group) => ({
    id: String(group.id),
    size: `${((shares[group.id] ?? 1) / whole) * 100}%` as const,
    min: groups.length > 1 ? 200 : 0,
    onResize: (_: number, share: number) =>
      setShares((before) => ({ ...before, [group.id]: share * groups.length })),
    onReset: () => setShares({}),
    content: <GroupView key={group.id} group={group} active={group.id === activeGroup} />,
  }));
  // A split needs two panes: the second is empty until the editor is split, so that nothing is mounted anew then.
  if (panes.length === 1)
    panes.push({ ...panes[0]!, id: 'none', size: '0%', content: (<Fragment />) as never });
  return (
    <div className="groups">
      <SplitView
        direction="horizontal"
        panes={panes.map((pane) => (pane.id === 'none' ? { ...pane, visible: false } : pane))}
      />
    </div>
  );
}

function GroupView({ group, active }: { group: Group; active: boolean }) {
  const platform = usePlatform();
  const { editors } = platform;
  const [dropping, setDropping] = useState(false);
  const tab = group.tabs.find((other) => other.key === group.active);
  const document = useReadable(editors, (state) => (tab ? state.documents.get(tab.key) : undefined));
  return (
    <section
      className="group-view split"
      aria-label="Editor"
      onFocusCapture={() => editors.focusGroup(group.id)}
      onPointerDownCapture={() => editors.focusGroup(group.id)}
    >
      {group.tabs.length > 0 && (
        <div className="tabbar">
          <TabBar group={group} active={active} />
          <EditorActions document={document} active={active} />
        </div>
      )}
      {tab && <Breadcrumbs tab={tab} document={document} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: tabs move by keys as well: the menu of the tab splits and moves */}
      <div
        className={`editor${dropping ? ' is-drop' : ''}`}
        data-part="editor"
        data-active-part={active}
        tabIndex={-1}
        onDragOverCapture={(event) => {
          if (!isTabDrag(event)) return;
          event.preventDefault();
          event.stopPropagation();
          setDropping(true);
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
        }}
        onDropCapture={(event) => {
          setDropping(false);
          const dragged = droppedTab(event);
          if (!dragged) return;
          event.preventDefault();
          event.stopPropagation();
          if (dragged[0] !== group.id) editors.move(dragged[0], dragged[1], group.id);
        }}
      >
        {tab ? <DocumentView key={tab.key} tab={tab} document={document} active={active} /> : <NoEditor />}
      </div>
    </section>
  );
}

function DocumentView({
  tab,
  document,
  active,
}: {
  tab: Tab;
  document: OpenDocument | undefined;
  active: boolean;
}) {
  const { editors } = usePlatform();
  if (!document || document.state === 'opening') return <Skeleton lines={6} />;
  if (document.state === 'failed') {
    const { failure } = document;
    return (
      <EmptyState
        icon="codicon:error"
        title={failure.message}
        action={<Button onClick={() => editors.retry(tab.key)}>Try again</Button>}
      >
        {failure.requestId && <code>{failure.requestId}</code>}
      </EmptyState>
    );
  }
  const { EditorPane } = document.kind;
  return (
    <ErrorBoundary what={tab.resource.kind}>
      <Suspense fallback={<Skeleton lines={6} />}>
        <EditorPane document={document.model} active={active} />
      </Suspense>
    </ErrorBoundary>
  );
}

function EditorActions({ document, active }: { document: OpenDocument | undefined; active: boolean }) {
  const platform = usePlatform();
  const menu = useContextMenu();
  useContextKeys();
  useReadable(platform.menus);
  const props: DocumentProps | undefined =
    document?.state === 'open' ? { document: document.model, active } : undefined;
  const HeadActions = document?.kind?.HeadActions;
  if (!active) return null;
  const groups = platform.menus.items('editor/title');
  const buttons = groups.flat().filter((item) => item.group === 'navigation');
  const rest = menuEntries(platform, 'editor/title').filter(
    (_, at) => groups[at]?.[0]?.group !== 'navigation',
  );
  return (
    <div className="editoractions">
      {HeadActions && props && (
        <span className="headactions hide-narrow">
          <HeadActions {...props} />
        </span>
      )}
      {buttons.map((item) => {
        const command = platform.commands.get(item.command);
        return (
          command && (
            <IconButton
              key={item.command}
              icon={command.icon ?? 'codicon:circle'}
              label={item.title ?? command.title}
              keys={keysText(platform.keybindings.keysOf(item.command))}
              disabled={!platform.commands.enabled(item.command)}
              onClick={() => void platform.commands.run(item.command, ...(item.args ?? []))}
            />
          )
        );
      })}
      <IconButton
        icon="codicon:ellipsis"
        label="More actions"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const { groups: all, activeGroup } = platform.editors.getState();
          const key = all.find((group) => group.id === activeGroup)?.active;
          menu.show('More actions', [...rest, ...menuEntries(platform, 'editor/tab', [activeGroup, key])], {
            x: box.left,
            y: box.bottom + 2,
          });
        }}
      />
      {menu.element}
    </div>
  );
}

function Breadcrumbs({ tab, document }: { tab: Tab; document: OpenDocument | undefined }) {
  const { documentKinds, commands } = usePlatform();
  const kind = documentKinds.get(tab.resource.kind);
  const state = useDocumentState(document?.state === 'open' ? document.model : undefined);
  const crumbs = useMemo(
    () => [
      ...(kind?.folder
        ? [{ label: kind.folder, reveal: () => void commands.run('explorer.reveal', tab.resource) }]
        : []),
      { label: state?.title ?? tab.resource.name ?? kind?.label ?? tab.resource.id },
      ...(state?.crumbs ?? []),
    ],
    [kind, state, tab, commands],
  );
  if (!kind?.folder) return null;
  return (
    <nav className="breadcrumbs" aria-label="Breadcrumbs">
      {crumbs.map((crumb, at) => {
        const last = at === crumbs.length - 1;
        const content = (
          <>
            {'icon' in crumb && crumb.icon && <Icon name={crumb.icon} size={14} />}
            {crumb.label}
          </>
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a crumb is its place in the path
          <Fragment key={at}>
            {at > 0 && <Icon className="sep" name="codicon:chevron-right" size={12} />}
            {'reveal' in crumb && crumb.reveal ? (
              <button type="button" className={last ? 'last' : undefined} onClick={crumb.reveal}>
                {content}
              </button>
            ) : (
              <span className={last ? 'last' : undefined}>{content}</span>
            )}
          </Fragment>
        );
      })}
    </nav>
  );
}

/** What one can do when nothing is open, with the keys. */
function NoEditor() {
  const { commands, keybindings, menus } = usePlatform();
  useReadable(menus);
  const [made] = menus.items('explorer/new').flat();
  const offers = [
    'view.commandPalette',
    'view.quickOpen',
    ...(made ? [made.command] : []),
    'view.toggleSideBar',
  ];
  return (
    <div className="noeditor">
      <Icon name="baton" className="mark" size={32} />
      <dl>
        {offers.map((id) => {
          const command = commands.get(id);
          return (
            command && (
              <Fragment key={id}>
                <dt>
                  <button type="button" onClick={() => void commands.run(id)}>
                    {command.title}
                  </button>
                </dt>
                <dd>
                  <KeyHint keys={keybindings.keysOf(id)} />
                </dd>
              </Fragment>
            )
          );
        })}
      </dl>
    </div>
  );
}
