import './Panel.css';
import { type KeyboardEvent, Suspense, useRef } from 'react';
import type { Readable } from '../base/readable.ts';
import { inOrder } from '../base/registry.ts';
import { CountBadge } from '../ui/Badge.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { keysText } from '../ui/KeyHint.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { useArrangeable } from './arrangeable.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { useHolding, usePlatform, useReadable } from './platformContext.ts';

export function Panel() {
  const platform = usePlatform();
  const layout = useReadable(platform.layout);
  const { activePanel, panelMaximized } = layout;
  const available = useHolding(inOrder(useReadable(platform.panels)));
  const arrangeable = useArrangeable(available, 'panel');
  const panels = arrangeable.shown;
  const active = panels.find((panel) => panel.id === activePanel) ?? panels[0];
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || !active) return;
    const next = (panels.indexOf(active) + by + panels.length) % panels.length;
    platform.layout.set({ activePanel: panels[next]!.id });
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <section className="panel" aria-label="Panel" data-part="panel">
      <div className="paneltabs">
        <div
          className="tablist"
          role="tablist"
          aria-label="Panels"
          ref={list}
          onKeyDown={onKeyDown}
          onContextMenu={arrangeable.onContextMenu}
        >
          {panels.map((panel) => (
            <button
              key={panel.id}
              type="button"
              role="tab"
              className={panel === active ? 't is-active' : 't'}
              aria-selected={panel === active}
              tabIndex={panel === active ? 0 : -1}
              onClick={() => platform.layout.showPanel(panel.id)}
              {...arrangeable.draggable(panel.id)}
            >
              {panel.title}
              {panel.badge && <PanelCount badge={panel.badge} />}
            </button>
          ))}
        </div>
        <div className="rest">
          {active?.Actions && (
            <ErrorBoundary key={active.id} what={active.title} inline>
              <active.Actions />
            </ErrorBoundary>
          )}
          <IconButton
            icon={panelMaximized ? 'codicon:chevron-down' : 'codicon:chevron-up'}
            label={panelMaximized ? 'Restore panel' : 'Maximise panel'}
            onClick={() => void platform.commands.run('view.maximizePanel')}
          />
          <IconButton
            icon="codicon:close"
            label="Close panel"
            keys={keysText(platform.keybindings.keysOf('view.togglePanel'))}
            onClick={() => platform.layout.set({ panel: false, panelMaximized: false })}
          />
        </div>
      </div>
      {active && (
        <ErrorBoundary key={active.id} what={active.title}>
          <Suspense fallback={<Skeleton />}>
            <active.View />
          </Suspense>
        </ErrorBoundary>
      )}
      {arrangeable.menu}
    </section>
  );
}

function PanelCount({ badge }: { badge: Readable<number> }) {
  const count = useReadable(badge);
  return count > 0 ? <CountBadge count={count} /> : null;
}
