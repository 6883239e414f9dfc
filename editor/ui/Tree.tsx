import './Tree.css';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { IconName, Kind } from '../platform/icons.ts';
import { Icon } from './Icon.tsx';
import { keyAction } from './keyAction.ts';
import { useRowsInSight } from './rowsInSight.ts';

export interface TreeNode<T = unknown> {
  id: string;
  label: string;
  /** Shown in place of the label, which stays its name: a line with its match marked. */
  content?: ReactNode;
  /** Shown while the pointer is on it; the label without it. */
  title?: string;
  icon?: IconName;
  kind?: Kind;
  /** Present on folders, empty or not. */
  children?: readonly TreeNode<T>[];
  /** At the right edge: `1, M`. */
  decoration?: ReactNode;
  /** Colours the name: error beats warning beats modified beats added. */
  tone?: 'has-error' | 'has-warning' | 'modified' | 'added' | 'dim' | undefined;
  value: T;
}

export interface TreeProps<T> {
  label: string;
  nodes: readonly TreeNode<T>[];
  /** Ids of closed folders. */
  closed: ReadonlySet<string>;
  onToggle(id: string): void;
  selected: string | undefined;
  onSelect(node: TreeNode<T>): void;
  /** Where several can be chosen: all that are, the selected one among them. */
  selection?: ReadonlySet<string>;
  onSelection?(nodes: readonly TreeNode<T>[]): void;
  /** Keys the tree has no use for; answers whether it has. */
  onKey?(event: KeyboardEvent, node: TreeNode<T> | undefined): boolean;
  /** Click or Enter on a leaf; `keep` on a double click. */
  onOpen(node: TreeNode<T>, keep: boolean): void;
  onContextMenu?(node: TreeNode<T>, at: { x: number; y: number }): void;
  /** Renames in place (F2). */
  editing?: { id: string; value: string; commit(value: string): void; cancel(): void } | undefined;
  onRename?(node: TreeNode<T>): void;
  onDelete?(node: TreeNode<T>): void;
  /** Gives what is dragged; `false` for a node that stays. */
  onDrag?(node: TreeNode<T>, data: DataTransfer): boolean;
}

interface Row<T> {
  node: TreeNode<T>;
  depth: number;
  /** Which of its siblings it is, from 1, and of how many. */
  nth: number;
  of: number;
  parent?: string;
}

function visibleRows<T>(
  nodes: readonly TreeNode<T>[],
  closed: ReadonlySet<string>,
  depth = 0,
  parent?: string,
): Row<T>[] {
  return nodes.flatMap((node, index) => [
    { node, depth, nth: index + 1, of: nodes.length, ...(parent !== undefined && { parent }) },
    ...(node.children && !closed.has(node.id) ? visibleRows(node.children, closed, depth + 1, node.id) : []),
  ]);
}

/** Letters typed within this many ms of each other are one beginning of a name. */
const oneWord = 800;
const rowHeight = 22;

/**
 * One tab stop; arrows walk, left and right close and open, letters find, F2 renames, Enter opens. Only rows in sight
 * are drawn, so that thousands cost nothing.
 */
export function Tree<T>(props: TreeProps<T>) {
  const {
    label,
    nodes,
    closed,
    onToggle,
    selected,
    onSelect,
    onOpen,
    onContextMenu,
    editing,
    onRename,
    onDelete,
    onDrag,
    selection,
    onSelection,
    onKey,
  } = props;
  const [focused, setFocused] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => visibleRows(nodes, closed), [nodes, closed]);
  const at = rows.findIndex((row) => row.node.id === selected);
  const sight = useRowsInSight(root, rows.length, rowHeight, at);
  /** Where a range begins. */
  const anchor = useRef<string>(undefined);
  const typed = useRef({ text: '', at: 0 });

  // What is selected from elsewhere comes into sight.
  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (selected === shown.current || at < 0) return;
    shown.current = selected;
    sight.show(at);
  });

  /** Everything between where the range began and here. */
  const range = (to: number) => {
    const from = rows.findIndex((row) => row.node.id === (anchor.current ?? selected));
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    onSelection?.(rows.slice(first, last + 1).map((row) => row.node));
  };
  const go = (index: number, extend = false) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[to];
    if (!row) return;
    if (!extend) anchor.current = row.node.id;
    onSelect(row.node);
    if (extend) range(to);
    sight.show(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing) return;
    const row = rows[at];
    if (onKey?.(event, row?.node)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const page = Math.max(1, Math.floor((root.current?.clientHeight ?? 0) / rowHeight) - 1);
    const open = row?.node.children && !closed.has(row.node.id);
    const action = keyAction(event.key, [
      ['ArrowDown', () => go(at + 1, event.shiftKey && onSelection !== undefined)],
      ['ArrowUp', () => go(at < 0 ? 0 : at - 1, event.shiftKey && onSelection !== undefined)],
      ['PageDown', () => go(at + page)],
      ['PageUp', () => go(at - page)],
      ['Home', () => go(0)],
      ['End', () => go(rows.length - 1)],
      ['ArrowRight', () => (row?.node.children && !open ? onToggle(row.node.id) : open && go(at + 1))],
      [
        'ArrowLeft',
        () =>
          open
            ? onToggle(row.node.id)
            : row?.parent && go(rows.findIndex((other) => other.node.id === row.parent)),
      ],
      ['Enter', () => row && (row.node.children ? onToggle(row.node.id) : onOpen(row.node, true))],
      [' ', () => row && (row.node.children ? onToggle(row.node.id) : onOpen(row.node, false))],
      ['F2', () => row && onRename?.(row.node)],
      ['Delete', () => row && onDelete?.(row.node)],
    ]);
    if (action) {
      event.preventDefault();
      event.stopPropagation();
      action();
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = root.current?.querySelector('.is-selected')?.getBoundingClientRect();
      event.preventDefault();
      if (row && box) onContextMenu?.(row.node, { x: box.left + 24, y: box.bottom });
    } else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const { text, at: before } = typed.current;
      const goesOn = event.timeStamp - before < oneWord;
      const word = (goesOn ? text : '') + event.key.toLowerCase();
      typed.current = { text: word, at: event.timeStamp };
      // The same letter again and again walks through what begins with it.
      const same = [...word].every((letter) => letter === word[0]);
      const wanted = same ? word[0]! : word;
      const from = word.length > 1 && !same ? at : at + 1;
      const order = [...rows.slice(from), ...rows.slice(0, from)];
      const found = order.find((other) => other.node.label.toLowerCase().startsWith(wanted));
      if (found) go(rows.indexOf(found));
    }
  };

  return (
    <div
      ref={root}
      className={`tree scroll grow${focused ? ' focused' : ''}`}
      role="tree"
      aria-label={label}
      aria-multiselectable={onSelection ? true : undefined}
      tabIndex={0}
      aria-activedescendant={selected && at >= 0 ? `tree-${selected}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => {
        setFocused(true);
        if (at < 0) go(0);
      }}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setFocused(false)}
    >
      {sight.above > 0 && <div role="none" style={{ height: sight.above }} />}
      {rows.slice(sight.from, sight.to).map(({ node, depth, nth, of }, offset) => {
        const index = sight.from + offset;
        const chosen = node.id === selected || (selection?.has(node.id) ?? false);
        const isEditing = editing?.id === node.id;
        const click = (event: MouseEvent) => {
          if (onSelection && event.shiftKey) {
            onSelect(node);
            return range(index);
          }
          if (onSelection && (event.ctrlKey || event.metaKey)) {
            const next = new Set(selection);
            if (selected !== undefined) next.add(selected);
            if (!next.delete(node.id)) next.add(node.id);
            anchor.current = node.id;
            if (next.has(node.id)) onSelect(node);
            return onSelection(rows.filter((row) => next.has(row.node.id)).map((row) => row.node));
          }
          anchor.current = node.id;
          onSelect(node);
          if (event.detail > 1) {
            if (!node.children) onOpen(node, true);
          } else if (node.children) onToggle(node.id);
          else onOpen(node, false);
        };
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the tree is the tab stop, rows are its active descendants
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the tree
          <div
            key={node.id}
            id={`tree-${node.id}`}
            data-id={node.id}
            className={['row', node.tone, chosen && 'is-selected'].filter(Boolean).join(' ')}
            role="treeitem"
            aria-level={depth + 1}
            aria-selected={chosen}
            aria-setsize={of}
            aria-posinset={nth}
            aria-expanded={node.children ? !closed.has(node.id) : undefined}
            style={{ '--d': depth } as React.CSSProperties}
            title={node.title ?? node.label}
            onClick={isEditing ? undefined : click}
            draggable={!!onDrag && !isEditing && !node.children}
            onDragStart={(event) => {
              if (!onDrag?.(node, event.dataTransfer)) event.preventDefault();
            }}
            onContextMenu={(event) => {
              if (!onContextMenu) return;
              event.preventDefault();
              if (!selection?.has(node.id)) onSelect(node);
              onContextMenu(node, { x: event.clientX, y: event.clientY });
            }}
          >
            {Array.from({ length: depth }, (_, level) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a guide is its level
              <span key={level} className="guide" style={{ left: 14 + level * 8 }} />
            ))}
            {node.children ? (
              <Icon
                className="tw"
                name={closed.has(node.id) ? 'codicon:chevron-right' : 'codicon:chevron-down'}
              />
            ) : (
              <span className="tw none" />
            )}
            {node.icon && <Icon name={node.icon} {...(node.kind && { kind: node.kind })} />}
            {isEditing ? (
              <Rename {...editing} label={node.label} onDone={() => root.current?.focus()} />
            ) : (
              <span className="name">{node.content ?? node.label}</span>
            )}
            {node.decoration !== undefined && !isEditing && (
              <span className="end">
                <span className="m">{node.decoration}</span>
              </span>
            )}
          </div>
        );
      })}
      {sight.below > 0 && <div role="none" style={{ height: sight.below }} />}
    </div>
  );
}

function Rename(props: {
  value: string;
  label: string;
  commit(value: string): void;
  cancel(): void;
  /** The keyboard ended it: the focus goes back to the tree. */
  onDone(): void;
}) {
  const [value, setValue] = useState(props.value);
  return (
    <input
      className="rename"
      aria-label={`New name of ${props.label}`}
      // biome-ignore lint/a11y/noAutofocus: the user asked to rename, the field stands where the name was
      autoFocus
      value={value}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => props.cancel()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') props.commit(value.trim());
        if (event.key === 'Escape') props.cancel();
        if (event.key === 'Enter' || event.key === 'Escape') props.onDone();
      }}
    />
  );
}
