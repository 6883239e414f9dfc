import './TitleBar.css';
import { useCallback, useRef, useState } from 'react';
import { sideBarShown } from '../platform/layout.ts';
import type { MenuId } from '../platform/menus.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { keysText } from '../ui/KeyHint.tsx';
import { Menu } from '../ui/Menu.tsx';
import { menuEntries } from './menuEntries.ts';
import { useContextValue, usePlatform, useReadable } from './platformContext.ts';

const menus: readonly { id: MenuId; title: string; narrow: boolean }[] = [
  { id: 'menubar/file', title: 'File', narrow: true },
  { id: 'menubar/edit', title: 'Edit', narrow: true },
  { id: 'menubar/view', title: 'View', narrow: true },
  { id: 'menubar/go', title: 'Go', narrow: false },
  { id: 'menubar/run', title: 'Run', narrow: true },
  { id: 'menubar/help', title: 'Help', narrow: false },
];

export function TitleBar() {
  const platform = usePlatform();
  const layout = useReadable(platform.layout);
  const sideBar = useContextValue((context) => sideBarShown(layout, context));
  const toggles = [
    {
      command: 'view.toggleSideBar',
      label: 'Toggle side bar',
      icon: 'codicon:layout-sidebar-left',
      on: sideBar,
    },
    { command: 'view.togglePanel', label: 'Toggle panel', icon: 'codicon:layout-panel', on: layout.panel },
    {
      command: 'view.toggleSecondary',
      label: 'Toggle secondary side bar',
      icon: 'codicon:layout-sidebar-right',
      on: layout.secondary,
    },
  ] as const;
  return (
    <header className="titlebar">
      <div className="menubar">
        <span className="logo">
          <Icon name="baton" size={20} />
        </span>
        <MenuBar />
      </div>
      <button
        type="button"
        className="commandcenter"
        title="Go to document (Ctrl+P)"
        onClick={() => platform.dialogs.palette('')}
      >
        <Icon name="codicon:search" size={14} />
        <span className="ellipsis">{platform.me.tenant.name}</span>
      </button>
      <div className="actions">
        {toggles.map(({ command, label, icon, on }) => (
          <IconButton
            key={command}
            icon={on ? icon : (`${icon}-off` as typeof icon)}
            label={label}
            keys={keysText(platform.keybindings.keysOf(command))}
            onClick={() => void platform.commands.run(command)}
          />
        ))}
      </div>
    </header>
  );
}

function MenuBar() {
  const platform = usePlatform();
  const narrow = useContextValue((context) => context.get('narrow') === true);
  const [open, setOpen] = useState<number>();
  const bar = useRef<HTMLDivElement>(null);
  const close = useCallback(() => setOpen(undefined), []);
  const shown = menus.filter((menu) => !narrow || menu.narrow);
  const titles = narrow ? [...shown.map((menu) => menu.title), '…'] : shown.map((menu) => menu.title);
  const button = (at: number) => bar.current?.children[at] as HTMLElement | undefined;
  const groupsOf = (at: number) =>
    at < shown.length
      ? menuEntries(platform, shown[at]!.id)
      : menus.filter((menu) => !menu.narrow).flatMap((menu) => menuEntries(platform, menu.id));
  const openBox = open === undefined ? undefined : button(open)?.getBoundingClientRect();
  return (
    <div ref={bar} className="menus" role="menubar" aria-label="Menu">
      {titles.map((title, at) => (
        <button
          key={title}
          type="button"
          role="menuitem"
          aria-haspopup="menu"
          aria-expanded={open === at}
          aria-label={title === '…' ? 'More menus' : title}
          className={open === at ? 'is-open' : undefined}
          onPointerDown={(event) => {
            event.stopPropagation();
            if (open === at) event.preventDefault();
          }}
          onClick={() => setOpen(open === at ? undefined : at)}
          onMouseEnter={() => open !== undefined && setOpen(at)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') setOpen(at);
            else if (event.key === 'ArrowRight') button((at + 1) % titles.length)?.focus();
            else if (event.key === 'ArrowLeft') button((at + titles.length - 1) % titles.length)?.focus();
            else return;
            event.preventDefault();
          }}
        >
          {title}
        </button>
      ))}
      {open !== undefined && openBox && (
        <Menu
          key={open}
          label={titles[open]!}
          groups={groupsOf(open)}
          at={{ x: openBox.left, y: openBox.bottom + 2 }}
          onClose={close}
          onSide={(by) => setOpen((open + by + titles.length) % titles.length)}
        />
      )}
    </div>
  );
}
