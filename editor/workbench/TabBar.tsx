import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Group, Tab } from '../platform/editors.ts';
import { Icon } from '../ui/Icon.tsx';
import { useContextMenu } from './contextMenu.tsx';
import { menuEntries } from './menuEntries.ts';
import { useDocumentState, usePlatform, useReadable } from './platformContext.ts';

const dragType = 'application/x-baton-tab';

export const isTabDrag = (event: DragEvent) => event.dataTransfer.types.includes(dragType);

/** Group and key of the tab that was dropped. */
export function droppedTab(event: DragEvent): readonly [group: number, key: string] | undefined {
  const dragged = event.dataTransfer.getData(dragType);
  return dragged ? (JSON.parse(dragged) as [number, string]) : undefined;
}

export function TabBar({ group, active }: { group: Group; active: boolean }) {
  const platform = usePlatform();
  const { editors } = platform;
  const list = useRef<HTMLDivElement>(null);
  const menu = useContextMenu();
  /** A dropped tab would stand before or after this one. */
  const [target, setTarget] = useState<{ key: string; after: boolean }>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the active tab comes into sight whenever another one is active
  useEffect(() => {
    list.current?.querySelector('.is-active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [group.active]);

  const drop = (event: DragEvent) => {
    const dragged = droppedTab(event);
    const place = target;
    setTarget(undefined);
    if (!dragged) return;
    event.preventDefault();
    event.stopPropagation();
    const [from, key] = dragged;
    const others = group.tabs.filter((tab) => tab.key !== key);
    const at = others.findIndex((tab) => tab.key === place?.key);
    const before = at < 0 ? undefined : others[place?.after ? at + 1 : at]?.key;
    if (place?.key !== key) editors.move(from, key, group.id, before);
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
    <div
      ref={list}
      className="tabs"
      role="tablist"
      aria-label="Open editors"
      onKeyDown={onKeyDown}
      onWheel={(event) => {
        if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
      }}
      onDragOver={(event) => {
        if (!isTabDrag(event)) return;
        event.preventDefault();
        const tab = (event.target as Element).closest<HTMLElement>('[data-tab]');
        const key = tab?.dataset.tab ?? group.tabs.at(-1)?.key;
        if (key === undefined) return;
        const box = tab?.getBoundingClientRect();
        const after = box === undefined || event.clientX > box.left + box.width / 2;
        if (target?.key !== key || target.after !== after) setTarget({ key, after });
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setTarget(undefined);
      }}
      onDragEnd={() => setTarget(undefined)}
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
          onDragStart={(event) => event.dataTransfer.setData(dragType, JSON.stringify([group.id, tab.key]))}
        />
      ))}
      {menu.element}
    </div>
  );
}

interface TabViewProps {
  tab: Tab;
  active: boolean;
  inActiveGroup: boolean;
  dropAt: 'before' | 'after' | undefined;
  onActivate(): void;
  onKeep(): void;
  onClose(): void;
  onMenu(at: { x: number; y: number }): void;
  onDragStart(event: DragEvent): void;
}

function TabView(props: TabViewProps) {
  const { tab, active, inActiveGroup, dropAt, onActivate, onKeep, onClose, onMenu, onDragStart } = props;
  const { documentKinds, editors } = usePlatform();
  const kind = documentKinds.get(tab.resource.kind);
  const document = useReadable(editors, (state) => state.documents.get(tab.key));
  const state = useDocumentState(document?.state === 'open' ? document.model : undefined);
  const title =
    state?.title ?? kind?.title?.(tab.resource) ?? tab.resource.name ?? kind?.label ?? tab.resource.id;
  const classes = [
    'tab',
    active && 'is-active',
    !inActiveGroup && 'is-apart',
    tab.preview && 'preview',
    state?.dirty && 'dirty',
    dropAt && `drop-${dropAt}`,
  ];
  return (
    <div
      role="tab"
      className={classes.filter(Boolean).join(' ')}
      aria-selected={active}
      aria-label={state?.dirty ? `${title}, not saved` : title}
      title={title}
      tabIndex={active ? 0 : -1}
      draggable
      data-tab={tab.key}
      onDragStart={onDragStart}
      onPointerDown={(event) => event.button === 0 && onActivate()}
      onDoubleClick={onKeep}
      onAuxClick={(event) => event.button === 1 && onClose()}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu({ x: event.clientX, y: event.clientY });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Delete') onClose();
        if (event.key === 'Enter' || event.key === ' ') onActivate();
      }}
    >
      {kind && <Icon name={kind.icon} kind={kindColour(tab.resource.kind)} />}
      <span className="name">{title}</span>
      <button
        type="button"
        className="x"
        tabIndex={-1}
        aria-label={`Close ${title}`}
        title={`Close (Alt+W)`}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          onClose();
        }}
      >
        <Icon name="codicon:close" />
      </button>
    </div>
  );
}

/** Kinds that have a colour of their own; everything else is a process thing. */
function kindColour(kind: string) {
  return kind === 'agent' || kind === 'tool' || kind === 'human' || kind === 'guardrail' ? kind : 'process';
}
