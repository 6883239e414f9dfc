import { Fragment, type KeyboardEvent } from 'react';
import type { OpenDocument, Tab } from '../platform/editors.ts';
import { Icon } from '../ui/Icon.tsx';
import type { MenuEntry } from '../ui/Menu.tsx';
import { useContextMenu } from './contextMenu.tsx';
import { useDocumentState, usePlatform } from './platformContext.ts';
import { documentSiblings, outlineEntries } from './siblings.ts';

/** The path to what is selected: folder, document, and places inside. Each step opens what stands beside it. */
export function Breadcrumbs({ tab, document }: { tab: Tab; document: OpenDocument | undefined }) {
  const platform = usePlatform();
  const menu = useContextMenu();
  const kind = platform.documentKinds.get(tab.resource.kind);
  const model = document?.state === 'open' ? document.model : undefined;
  const state = useDocumentState(model);
  if (!kind?.folder) return null;
  const title = state?.title ?? tab.resource.name ?? kind.label;
  const inside = state?.crumbs ?? [];
  const hasOutline = model?.outline !== undefined;
  const crumbs = [
    {
      label: kind.folder,
      open: () => void platform.commands.run('explorer.reveal', tab.resource),
    },
    { label: title, menu: () => documentSiblings(platform, tab.resource) },
    ...inside.map(({ label, icon, reveal }) => ({
      label,
      icon,
      ...(reveal && { open: reveal }),
      ...(hasOutline && { menu: () => outlineEntries(model, label) }),
    })),
    ...(hasOutline && inside.length === 0 ? [{ label: '…', menu: () => outlineEntries(model) }] : []),
  ];
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const steps = [...event.currentTarget.querySelectorAll('button')];
    const at = steps.indexOf(globalThis.document.activeElement as HTMLButtonElement);
    steps[(at + by + steps.length) % steps.length]?.focus();
  };
  return (
    <nav className="breadcrumbs" aria-label="Breadcrumbs" onKeyDown={walk}>
      {crumbs.map((crumb, at) => {
        const last = at === crumbs.length - 1;
        const show = async (button: HTMLElement) => {
          const entries: readonly MenuEntry[] = 'menu' in crumb && crumb.menu ? await crumb.menu() : [];
          const box = button.getBoundingClientRect();
          menu.show(crumb.label, [entries], { x: box.left, y: box.bottom + 2 });
        };
        const opens = 'open' in crumb ? crumb.open : undefined;
        const lists = 'menu' in crumb && crumb.menu !== undefined;
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
            {lists || opens ? (
              <button
                type="button"
                className={last ? 'last' : undefined}
                tabIndex={at === 0 ? 0 : -1}
                aria-haspopup={lists ? 'menu' : undefined}
                aria-label={crumb.label === '…' ? 'Places in this document' : undefined}
                onClick={(event) => (lists ? void show(event.currentTarget) : opens?.())}
              >
                {content}
              </button>
            ) : (
              <span className={last ? 'last' : undefined}>{content}</span>
            )}
          </Fragment>
        );
      })}
      {menu.element}
    </nav>
  );
}
