import './SideBar.css';
import { type ReactNode, Suspense } from 'react';
import { inOrder } from '../base/registry.ts';
import type { View, ViewContainer } from '../platform/views.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { useContextMenu } from './contextMenu.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { menuEntries } from './menuEntries.ts';
import { useHolding, useMenuItems, usePlatform, useReadable } from './platformContext.ts';

export function SideBar() {
  const platform = usePlatform();
  const chosen = useReadable(platform.layout, (layout) => layout.container);
  const containers = inOrder(useReadable(platform.views.containers));
  const container = containers.find((item) => item.id === chosen) ?? containers[0];
  return (
    <aside className="sidebar" aria-label="Side bar" data-part="sideBar">
      {container && <Container key={container.id} container={container} />}
    </aside>
  );
}

function Container({ container }: { container: ViewContainer }) {
  const platform = usePlatform();
  const views = useHolding(
    inOrder(useReadable(platform.views.views)).filter((view) => view.container === container.id),
  );
  const sections = useReadable(platform.layout, (layout) => layout.sections);
  const bare = views.length === 1 && !views[0]!.alwaysTitled;
  const headless = !bare && views[0]?.headless;
  const BareActions = bare || headless ? views[0]!.Actions : undefined;
  return (
    <>
      <div className="viewtitle">
        <span className="ellipsis">{container.title}</span>
        {BareActions && (
          <ErrorBoundary what={container.title} inline>
            <BareActions />
          </ErrorBoundary>
        )}
        <MoreActions menu={`view/${container.id}`} />
      </div>
      {bare ? (
        <ViewBody view={views[0]!} />
      ) : (
        views.map((view, at) =>
          headless && at === 0 ? (
            <section key={view.id} className="section first open stretch">
              <ViewBody view={view} />
            </section>
          ) : (
            <Section
              key={view.id}
              view={view}
              first={at === 0}
              open={sections[view.id] ?? view.open ?? true}
            />
          ),
        )
      )}
    </>
  );
}

function Section({ view, first, open }: { view: View; first: boolean; open: boolean }) {
  const { layout } = usePlatform();
  const toggle = () => layout.set({ sections: { ...layout.getState().sections, [view.id]: !open } });
  const title = titleOf(view);
  return (
    <section
      className={['section', first && 'first', open && (view.fits ? 'open fits' : 'open stretch')]
        .filter(Boolean)
        .join(' ')}
    >
      <div className="sectionhead">
        <button type="button" className="grow" aria-expanded={open} onClick={toggle}>
          <Icon name={open ? 'codicon:chevron-down' : 'codicon:chevron-right'} size={14} />
          <span className="ellipsis">{title}</span>
        </button>
        {open && view.Actions && (
          <ErrorBoundary what={title} inline>
            <view.Actions />
          </ErrorBoundary>
        )}
      </div>
      {open && <ViewBody view={view} />}
    </section>
  );
}

const titleOf = ({ title }: View) => (typeof title === 'string' ? title : title());

function ViewBody({ view }: { view: View }) {
  return (
    <ErrorBoundary what={titleOf(view)}>
      <Suspense fallback={<Skeleton />}>
        <view.View />
      </Suspense>
    </ErrorBoundary>
  );
}

/** The `…` button with what a menu has; nothing if it is empty. */
export function MoreActions({ menu: id, children }: { menu: `view/${string}`; children?: ReactNode }) {
  const platform = usePlatform();
  const menu = useContextMenu();
  if (useMenuItems(id).length === 0) return children;
  return (
    <>
      <IconButton
        icon="codicon:ellipsis"
        label="More actions"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          menu.show('More actions', menuEntries(platform, id), { x: box.left, y: box.bottom + 2 });
        }}
      />
      {menu.element}
    </>
  );
}
