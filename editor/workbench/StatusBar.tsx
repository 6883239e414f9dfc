import './StatusBar.css';
import { inOrder } from '../base/registry.ts';
import type { StatusItem } from '../platform/statusItems.ts';
import { whenHolds } from '../platform/when.ts';
import { Icon } from '../ui/Icon.tsx';
import { useContextKeys, usePlatform, useReadable } from './platformContext.ts';

export function StatusBar() {
  const platform = usePlatform();
  useContextKeys();
  const items = inOrder(useReadable(platform.statusItems)).filter((item) =>
    whenHolds(item.when, platform.context),
  );
  const side = (name: StatusItem['side']) => items.filter((item) => item.side === name);
  return (
    <footer className="statusbar" data-part="statusBar">
      {side('left').map((item) => (
        <Item key={item.id} item={item} />
      ))}
      <span className="fill" />
      {side('right')
        .reverse()
        .map((item) => (
          <Item key={item.id} item={item} />
        ))}
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
      {counts.map((entry) => (
        <span key={entry.icon} className="figure">
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
      aria-label={label}
      onClick={() => void commands.run(item.command!)}
    >
      {inner}
    </button>
  ) : (
    <span className={classes} title={tooltip} role="status" aria-label={label}>
      {inner}
    </span>
  );
}
