import './Menu.css';
import { type KeyboardEvent, useContext, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { IconName } from '../platform/icons.ts';
import { Icon } from './Icon.tsx';
import { keyAction } from './keyAction.ts';
import { Shown } from './shown.ts';

export interface MenuEntry {
  id: string;
  title: string;
  icon?: IconName | undefined;
  /** `Ctrl+S` */
  keys?: string | undefined;
  danger?: boolean;
  disabled?: boolean;
  checked?: boolean;
  run(): void;
}

export interface MenuProps {
  label: string;
  /** Groups are separated by a line. */
  groups: readonly (readonly MenuEntry[])[];
  at: { x: number; y: number };
  /** `end`: the menu's right edge stands at `x`. */
  align?: 'start' | 'end';
  onClose(): void;
  /** Left and right leave a menu of the menu bar. */
  onSide?(by: 1 | -1): void;
}

/** A menu at a point of the screen; arrows walk, Enter chooses, Esc closes and gives the focus back. */
export function Menu(props: MenuProps) {
  return useContext(Shown) && <OpenMenu {...props} />;
}

function OpenMenu({ label, groups, at, align = 'start', onClose, onSide }: MenuProps) {
  const root = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number }>();
  const before = useRef(document.activeElement as HTMLElement | null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const box = root.current!.getBoundingClientRect();
    const left = align === 'end' ? at.x - box.width : at.x;
    setPlace({
      left: Math.max(4, Math.min(left, window.innerWidth - box.width - 4)),
      top: Math.max(4, Math.min(at.y, window.innerHeight - box.height - 4)),
    });
  }, [at.x, at.y, align]);
  useEffect(() => {
    const first = root.current?.querySelector<HTMLElement>('[role^="menuitem"]:not([aria-disabled])');
    (first ?? root.current)?.focus();
    const back = before.current;
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) close.current();
    };
    window.addEventListener('pointerdown', outside, true);
    return () => {
      window.removeEventListener('pointerdown', outside, true);
      if (
        root.current === null ||
        root.current.contains(document.activeElement) ||
        document.activeElement === document.body
      ) {
        back?.focus();
      }
    };
  }, []);

  const choose = (entry: MenuEntry) => {
    if (entry.disabled) return;
    onClose();
    before.current?.focus();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...root.current!.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled])')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const focus = (index: number) => items[(index + items.length) % items.length]?.focus();
    const action = keyAction(event.key, [
      ['ArrowDown', () => focus(at + 1)],
      ['ArrowUp', () => focus(at - 1)],
      ['Home', () => focus(0)],
      ['End', () => focus(-1)],
      ['ArrowRight', () => onSide?.(1)],
      ['ArrowLeft', () => onSide?.(-1)],
      ['Escape', onClose],
      ['Tab', onClose],
    ]);
    event.stopPropagation();
    if (action) {
      event.preventDefault();
      action();
    } else if (event.key.length === 1) {
      items.find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    }
  };

  return createPortal(
    <div
      ref={root}
      className="popover menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      style={{ ...place, opacity: place ? 1 : 0 }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      {groups.map((group, index) => (
        <div key={group.map((entry) => entry.id).join()} role="presentation">
          {index > 0 && <div className="ms" />}
          {group.map((entry) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the role is menuitem or menuitemcheckbox
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: only the checkbox role has it
            <div
              key={entry.id}
              className={['mi', entry.danger && 'danger', entry.disabled && 'is-disabled']
                .filter(Boolean)
                .join(' ')}
              role={entry.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              aria-checked={entry.checked}
              aria-disabled={entry.disabled || undefined}
              tabIndex={-1}
              onClick={() => choose(entry)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return;
                event.preventDefault();
                choose(entry);
              }}
              onMouseEnter={(event) => !entry.disabled && event.currentTarget.focus()}
            >
              <span className="ic">
                {entry.checked ? <Icon name="codicon:check" /> : entry.icon && <Icon name={entry.icon} />}
              </span>
              <span>{entry.title}</span>
              {entry.keys && <span className="kb">{entry.keys}</span>}
            </div>
          ))}
        </div>
      ))}
    </div>,
    document.body,
  );
}
