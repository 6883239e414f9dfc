import './Tree.css';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { keyAction } from './keyAction.ts';

export interface ListProps<T> {
  label: string;
  items: readonly T[];
  idOf(item: T): string;
  render(item: T): ReactNode;
  selected: string | undefined;
  onSelect(item: T): void;
  onOpen?(item: T): void;
  /** Right click, the menu key and Shift+F10. */
  onMenu?(item: T, at: { x: number; y: number }): void;
  /** Rows of two lines, 44 px. */
  tall?: boolean;
}

/** One tab stop; arrows walk, Enter opens. Walking need not select: then the row one came to is marked until another is selected. */
export function List<T>({
  label,
  items,
  idOf,
  render,
  selected,
  onSelect,
  onOpen,
  onMenu,
  tall,
}: ListProps<T>) {
  const [focused, setFocused] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const [walked, setWalked] = useState<{ to: string; from: string | undefined }>();
  const here = walked?.from === selected ? walked?.to : undefined;
  const walkedTo = items.findIndex((item) => idOf(item) === here);
  const at = walkedTo >= 0 ? walkedTo : items.findIndex((item) => idOf(item) === selected);
  const go = (index: number) => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))];
    if (item === undefined) return;
    setWalked({ to: idOf(item), from: selected });
    onSelect(item);
    root.current?.children[items.indexOf(item)]?.scrollIntoView({ block: 'nearest' });
  };
  const menuAt = () => {
    const box = root.current?.children[at]?.getBoundingClientRect();
    if (box) onMenu?.(items[at]!, { x: box.left + 24, y: box.bottom });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (onMenu && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      event.preventDefault();
      return menuAt();
    }
    const action = keyAction(event.key, [
      ['ArrowDown', () => go(at + 1)],
      ['ArrowUp', () => go(at - 1)],
      ['Home', () => go(0)],
      ['End', () => go(items.length - 1)],
      ['Enter', () => at >= 0 && onOpen?.(items[at]!)],
    ]);
    if (!action) return;
    event.preventDefault();
    action();
  };
  return (
    <div
      ref={root}
      className={['list scroll grow', tall && 'tall', focused && 'focused'].filter(Boolean).join(' ')}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={at >= 0 ? `list-${idOf(items[at]!)}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      {items.map((item, index) => {
        const id = idOf(item);
        const marked = id === selected || (focused && index === at);
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the list is the tab stop, rows are its active descendants
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list
          <div
            key={id}
            id={`list-${id}`}
            className={marked ? 'row is-selected' : 'row'}
            role="option"
            aria-selected={id === selected}
            onClick={() => {
              onSelect(item);
              onOpen?.(item);
            }}
            onContextMenu={(event) => {
              if (!onMenu) return;
              event.preventDefault();
              onSelect(item);
              onMenu(item, { x: event.clientX, y: event.clientY });
            }}
          >
            {render(item)}
          </div>
        );
      })}
    </div>
  );
}
