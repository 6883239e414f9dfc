import { type DragEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Group, Tab } from '../platform/editors.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { keysText } from '../ui/KeyHint.tsx';
import { useContextMenu } from './contextMenu.tsx';
import { menuEntries } from './menuEntries.ts';
import { useDocumentState, usePlatform, useReadable } from './platformContext.ts';
import { dropDocument, endTabDrag, isDocumentDrag, startTabDrag } from './tabDrag.ts';

export function TabBar({ group, active }: { group: Group; active: boolean }) {
  const platform = usePlatform();
  const { editors } = platform;
  const list = useRef<HTMLDivElement>(null);
  const crowded = useCrowded(list, group.tabs.length);
  const menu = useContextMenu();
  /** A dropped tab would stand before or after this one. */
  const [target, setTarget] = useState<{ key: string; after: boolean }>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the active tab comes into sight whenever another one is active
  useEffect(() => {
    if (crowded) showActive(list.current);
  }, [group.active, crowded]);

  const moveOver = (event: DragEvent) => {
    if (!isDocumentDrag(event)) return;
    event.preventDefault();
    const tab = (event.target as Element).closest<HTMLElement>('[data-tab]');
    const key = tab?.dataset.tab ?? group.tabs.at(-1)?.key;
    if (key === undefined) return;
    const box = tab?.getBoundingClientRect();
    const after = box === undefined || event.clientX > box.left + box.width / 2;
    if (target?.key !== key || target.after !== after) setTarget({ key, after });
  };
  const drop = (event: DragEvent) => {
    const place = target;
    setTarget(undefined);
    if (!isDocumentDrag(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const at = group.tabs.findIndex((tab) => tab.key === place?.key);
    const before = at < 0 ? undefined : group.tabs[place?.after ? at + 1 : at]?.key;
    dropDocument(editors, event, group.id, 'centre', before);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = group.tabs.findIndex((tab) => tab.key === group.active);
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = group.tabs[(at + by + group.tabs.length) % group.tabs.length];
    if (by === 0 || !next) return;
    event.preventDefault();
    editors.activate(group.id, next.key);
    (list.current?.children[group.tabs.indexOf(next)] as HTMLElement | undefined)?.focus();
  };
  return (
    <>
      <div
        ref={list}
        className="tabs"
        role="tablist"
        aria-label="Open editors"
        onKeyDown={onKeyDown}
        onWheel={(event) => {
          if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
        }}
        onDragEnter={moveOver}
        onDragOver={moveOver}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setTarget(undefined);
        }}
        onDragEnd={() => {
          setTarget(undefined);
          endTabDrag();
        }}
        onDrop={drop}
      >
        {group.tabs.map((tab) => (
          <TabView
            key={tab.key}
            tab={tab}
            active={tab.key === group.active}
            inActiveGroup={active}
            dropAt={target?.key === tab.key ? (target.after ? 'after' : 'before') : undefined}
            onActivate={() => editors.activate(group.id, tab.key)}
            onKeep={() => editors.keep(group.id, tab.key)}
            onClose={() => void editors.close(group.id, tab.key)}
            onMenu={(at) => menu.show('Editor', menuEntries(platform, 'editor/tab', [group.id, tab.key]), at)}
            onPin={() => editors.pin(group.id, tab.key, false)}
            onDragStart={(event) => startTabDrag(event, group.id, tab.key, tab.resource)}
          />
        ))}
        {menu.element}
      </div>
      {crowded && (
        <IconButton
          className="alltabs"
          icon="codicon:chevron-down"
          label="List open editors"
          keys={keysText(platform.keybindings.keysOf('editor.list'))}
          onClick={() => {
            editors.focusGroup(group.id);
            void platform.commands.run('editor.list');
          }}
        />
      )}
    </>
  );
}

function showActive(list: HTMLElement | null) {
  list?.querySelector('.is-active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Not all tabs are in sight; the active one stays so however narrow they are. */
function useCrowded(list: RefObject<HTMLDivElement | null>, tabs: number): boolean {
  const [crowded, setCrowded] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab may be one too many
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const look = () => setCrowded(element.scrollWidth > element.clientWidth + 1);
    const observer = new ResizeObserver(() => {
      look();
      showActive(element);
    });
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, [list, tabs]);
  return crowded;
}

interface TabViewProps {
  tab: Tab;
  active: boolean;
  inActiveGroup: boolean;
  dropAt: 'before' | 'after' | undefined;
  onActivate(): void;
  onKeep(): void;
  /** A pinned tab is let loose. */
  onPin(): void;
  onClose(): void;
  onMenu(at: { x: number; y: number }): void;
  onDragStart(event: DragEvent): void;
}

function TabView(props: TabViewProps) {
  const { tab, active, inActiveGroup, dropAt, onActivate, onKeep, onPin, onClose, onMenu, onDragStart } =
    props;
  const { documentKinds, editors, keybindings } = usePlatform();
  const commandKeys = keybindings.keysOf;
  const kind = documentKinds.get(tab.resource.kind);
  const document = useReadable(editors, (state) => state.documents.get(tab.key));
  const state = useDocumentState(document?.state === 'open' ? document.model : undefined);
  const gone = document?.state === 'open' && document.gone !== undefined;
  const title =
    state?.title ?? kind?.title?.(tab.resource) ?? tab.resource.name ?? kind?.label ?? tab.resource.id;
  const classes = [
    'tab',
    active && 'is-active',
    !inActiveGroup && 'is-apart',
    tab.preview && 'preview',
    tab.pinned && 'pinned',
    gone && 'gone',
    state?.dirty && 'dirty',
    dropAt && `drop-${dropAt}`,
  ];
  return (
    <div
      role="tab"
      className={classes.filter(Boolean).join(' ')}
      aria-selected={active}
      aria-label={[title, tab.pinned && 'pinned', state?.dirty && 'not saved', gone && 'deleted']
        .filter(Boolean)
        .join(', ')}
      title={title}
      tabIndex={active ? 0 : -1}
      draggable
      data-tab={tab.key}
      onDragStart={onDragStart}
      onPointerDown={(event) => event.button === 0 && onActivate()}
      onDoubleClick={onKeep}
      onAuxClick={(event) => event.button === 1 && !tab.pinned && onClose()}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu({ x: event.clientX, y: event.clientY });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Delete' && !tab.pinned) onClose();
        if (event.key === 'Enter' || event.key === ' ') onActivate();
      }}
    >
      {kind && <Icon name={kind.icon} kind={kindColour(tab.resource.kind)} />}
      <span className="name">{title}</span>
      {/* The pointer's way: by keyboard Delete closes, and a tab may hold no other control. */}
      <span
        className="x"
        aria-hidden="true"
        title={tab.pinned ? 'Unpin' : `Close (${keysText(commandKeys('editor.close')) ?? 'middle click'})`}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          if (tab.pinned) onPin();
          else onClose();
        }}
      >
        <Icon name={tab.pinned ? 'codicon:pinned' : 'codicon:close'} />
      </span>
    </div>
  );
}

/** Kinds that have a colour of their own; everything else is a process thing. */
function kindColour(kind: string) {
  return kind === 'agent' || kind === 'tool' || kind === 'human' || kind === 'guardrail' ? kind : 'process';
}
