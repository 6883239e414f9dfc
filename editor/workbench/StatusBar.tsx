import './StatusBar.css';
import { inOrder } from '../base/registry.ts';
import type { StatusItem } from '../platform/statusItems.ts';
import { Icon } from '../ui/Icon.tsx';
import type { MenuEntry } from '../ui/Menu.tsx';
import { useContextMenu } from './contextMenu.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { useHolding, usePlatform, useReadable } from './platformContext.ts';

export function StatusBar() {
  const platform = usePlatform();
  const hidden = useReadable(platform.layout, (layout) => layout.hidden);
  const menu = useContextMenu();
  const all = inOrder(useReadable(platform.statusItems));
  const items = useHolding(all).filter((item) => !hidden.includes(`status.${item.id}`));
  const side = (name: StatusItem['side']) => items.filter((item) => item.side === name);
  const show = (item: StatusItem) => (
    <ErrorBoundary key={item.id} what={item.title ?? item.id} inline>
      <Item item={item} />
    </ErrorBoundary>
  );
  const hideEntries = (entries: readonly StatusItem[], away: readonly string[]): MenuEntry[] =>
    entries.map((item) => ({
      id: item.id,
      title: item.title ?? item.id,
      checked: !away.includes(`status.${item.id}`),
      run: () => platform.layout.toggleHidden(`status.${item.id}`),
    }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what its menu does, the settings of the layout do by keys
    <footer
      className="statusbar"
      data-part="statusBar"
      onContextMenu={(event) => {
        event.preventDefault();
        menu.show('Status bar', [hideEntries(all, hidden)], { x: event.clientX, y: event.clientY });
      }}
    >
      {side('left').map(show)}
      <span className="fill" />
      {side('right').reverse().map(show)}
      {menu.element}
    </footer>
  );
}

function Item({ item }: { item: StatusItem }) {
  const { commands } = usePlatform();
  const content = useReadable(item.content);
  if (!content) return null;
  const { text, icon, counts = [], tooltip, label, tone } = content;
  const classes = ['s', tone, !item.essential && 'opt'].filter(Boolean).join(' ');
  const inner = (
    <>
      {icon && <Icon name={icon} size={14} />}
      {text}
      {counts.length > 0 && <span className="sr">{label}</span>}
      {counts.map((entry) => (
        <span key={entry.icon} className="figure" aria-hidden="true">
          <Icon name={entry.icon} size={14} />
          {entry.count}
        </span>
      ))}
    </>
  );
  return item.command ? (
    <button
      type="button"
      className={classes}
      title={tooltip}
      aria-label={counts.length > 0 ? undefined : label}
      onClick={() => void commands.run(item.command!)}
    >
      {inner}
    </button>
  ) : (
    <span
      className={classes}
      title={tooltip}
      role="status"
      aria-label={counts.length > 0 ? undefined : label}
    >
      {inner}
    </span>
  );
}
