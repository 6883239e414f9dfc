import './ActivityBar.css';
import { type KeyboardEvent, useRef } from 'react';
import type { Readable } from '../base/readable.ts';
import { inOrder } from '../base/registry.ts';
import { sideBarShown } from '../platform/layout.ts';
import type { ViewContainer } from '../platform/views.ts';
import { Avatar } from '../ui/Badge.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useArrangeable } from './arrangeable.ts';
import { useContextMenu } from './contextMenu.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { menuEntries } from './menuEntries.ts';
import { useContextValue, useHolding, usePlatform, useReadable } from './platformContext.ts';

export function ActivityBar() {
  const platform = usePlatform();
  const layout = useReadable(platform.layout);
  const shown = useContextValue((context) => sideBarShown(layout, context));
  const available = useHolding(inOrder(useReadable(platform.views.containers)));
  const arrangeable = useArrangeable(available, 'container');
  const containers = arrangeable.shown;
  const bar = useRef<HTMLElement>(null);
  const menu = useContextMenu();
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const buttons = [...bar.current!.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  const choose = (container: ViewContainer) => {
    if (shown && layout.container === container.id) void platform.commands.run('view.toggleSideBar');
    else platform.layout.showContainer(container.id);
  };
  const settings = platform.commands.get('settings.open');
  return (
    <nav
      ref={bar}
      className="activitybar"
      aria-label="Activity bar"
      data-part="activityBar"
      onKeyDown={onKeyDown}
      onContextMenu={arrangeable.onContextMenu}
    >
      {containers.map((container, at) => {
        const active = shown && layout.container === container.id;
        return (
          <button
            key={container.id}
            type="button"
            className={active ? 'is-active' : undefined}
            title={container.title}
            aria-label={container.title}
            aria-pressed={active}
            tabIndex={active || (at === 0 && !shown) ? 0 : -1}
            onClick={() => choose(container)}
            {...arrangeable.draggable(container.id)}
          >
            <Icon name={container.icon} size={24} />
            {container.badge && (
              <ErrorBoundary what={container.title} silent>
                <Count badge={container.badge} />
              </ErrorBoundary>
            )}
          </button>
        );
      })}
      <span className="fill" />
      <button
        type="button"
        tabIndex={-1}
        title={`Account: ${platform.me.user.name}`}
        aria-label={`Account ${platform.me.user.initials}`}
        aria-haspopup="menu"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          menu.show('Account', menuEntries(platform, 'account'), { x: box.right + 4, y: box.top });
        }}
      >
        <Avatar initials={platform.me.user.initials} large />
      </button>
      {settings && (
        <button
          type="button"
          tabIndex={-1}
          title="Settings"
          aria-label="Settings"
          onClick={() => void platform.commands.run(settings.id)}
        >
          <Icon name="codicon:settings-gear" size={24} />
        </button>
      )}
      {menu.element}
      {arrangeable.menu}
    </nav>
  );
}

function Count({ badge }: { badge: Readable<number> }) {
  const count = useReadable(badge);
  return count > 0 ? <span className="count">{count > 99 ? '99+' : count}</span> : null;
}
