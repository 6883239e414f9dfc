import './Workbench.css';
import { useEffect, useState } from 'react';
import { sideBarShown } from '../platform/layout.ts';
import type { Platform } from '../platform/platform.ts';
import { SplitView } from '../ui/SplitView.tsx';
import { ActivityBar } from './ActivityBar.tsx';
import { EditorArea } from './EditorArea.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { keepFocus } from './focusKeeper.ts';
import { Notifications } from './Notifications.tsx';
import { OfflineBanner } from './OfflineBanner.tsx';
import { Panel } from './Panel.tsx';
import {
  PlatformContext,
  useActiveDocument,
  useContextValue,
  usePlatform,
  useReadable,
} from './platformContext.ts';
import { DialogHost } from './QuickInput.tsx';
import { SecondarySideBar } from './SecondarySideBar.tsx';
import { SessionEnded } from './SessionEnded.tsx';
import { ShutOut } from './ShutOut.tsx';
import { SideBar } from './SideBar.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';

// The parts of the frame. Each follows what it shows by itself: drawing the frame anew draws none of them.
const titleBar = (
  <ErrorBoundary what="Title bar" inline>
    <TitleBar />
  </ErrorBoundary>
);
const activityBar = (
  <ErrorBoundary what="Activity bar" inline>
    <ActivityBar />
  </ErrorBoundary>
);
const connection = (
  <ErrorBoundary what="Connection" inline>
    <OfflineBanner />
  </ErrorBoundary>
);
const statusBar = (
  <ErrorBoundary what="Status bar" inline>
    <StatusBar />
  </ErrorBoundary>
);
const sideBarContent = (
  <ErrorBoundary what="Side bar">
    <SideBar />
  </ErrorBoundary>
);
const secondaryContent = (
  <ErrorBoundary what="Secondary side bar">
    <SecondarySideBar />
  </ErrorBoundary>
);
const editorsContent = (
  <ErrorBoundary what="Editors">
    <EditorArea />
  </ErrorBoundary>
);
const panelContent = (
  <ErrorBoundary what="Panel">
    <Panel />
  </ErrorBoundary>
);

export function Workbench({ platform }: { platform: Platform }) {
  return (
    <PlatformContext value={platform}>
      <Frame />
      <ErrorBoundary what="Notifications" inline>
        <Notifications />
      </ErrorBoundary>
      <ErrorBoundary what="Dialog" inline>
        <DialogHost />
      </ErrorBoundary>
      <SessionEnded />
      <ShutOut />
    </PlatformContext>
  );
}

function Frame() {
  const platform = usePlatform();
  const { layout, context, documentKinds } = platform;
  const state = useReadable(layout);
  const sideBar = useContextValue((keys) => sideBarShown(state, keys));
  const document = useActiveDocument();
  const narrow = useNarrow();
  useKeys(platform);

  useEffect(() => context.set('narrow', narrow), [context, narrow]);
  useEffect(() => context.set('zen', state.zen), [context, state.zen]);
  useEffect(() => {
    const kept = keepFocus(platform);
    return () => kept.dispose();
  }, [platform]);

  // Only kinds with something to put there open the secondary side bar; the user's choice stays remembered.
  const hasSecondary =
    document !== undefined && documentKinds.get(document.resource.kind)?.secondary !== undefined;
  const sizes = useTokenSizes(narrow);
  return (
    <div className={state.zen ? 'workbench zen' : 'workbench'}>
      {!state.zen && (
        <>
          {titleBar}
          {activityBar}
        </>
      )}
      {connection}
      <div className="body">
        <SplitView
          direction="horizontal"
          panes={[
            {
              id: 'side',
              size: state.sideBarSize ?? sizes.side,
              min: 170,
              visible: sideBar,
              onResize: (sideBarSize) => layout.set({ sideBarSize }),
              onReset: () => layout.set({ sideBarSize: undefined }),
              content: sideBarContent,
            },
            {
              id: 'main',
              min: 240,
              content: <Main panelSize={state.panelSize ?? sizes.panel} />,
            },
            {
              id: 'secondary',
              size: state.secondarySize ?? sizes.secondary,
              min: 240,
              visible: state.secondary && hasSecondary && !state.zen,
              onResize: (secondarySize) => layout.set({ secondarySize }),
              onReset: () => layout.set({ secondarySize: undefined }),
              content: secondaryContent,
            },
          ]}
        />
      </div>
      {!state.zen && statusBar}
    </div>
  );
}

function Main({ panelSize }: { panelSize: number }) {
  const { layout } = usePlatform();
  const { panel: wanted, panelMaximized, zen } = useReadable(layout);
  const panel = wanted && !zen;
  const maximized = panel && panelMaximized;
  return (
    <main className="main">
      <SplitView
        direction="vertical"
        panes={[
          {
            id: 'editors',
            visible: !maximized,
            content: editorsContent,
          },
          {
            id: 'panel',
            ...(maximized ? {} : { size: panelSize }),
            min: 77,
            visible: panel,
            onResize: (size) => layout.set({ panelSize: size }),
            onReset: () => layout.set({ panelSize: undefined }),
            content: panelContent,
          },
        ]}
      />
    </main>
  );
}

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => window.matchMedia('(max-width: 1200px)').matches);
  useEffect(() => {
    const query = window.matchMedia('(max-width: 1200px)');
    const change = () => setNarrow(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return narrow;
}

/** Default sizes as the tokens have them at this width. */
function useTokenSizes(narrow: boolean): { side: number; secondary: number; panel: number } {
  const { themes } = usePlatform();
  const [sizes, setSizes] = useState({ side: 264, secondary: 320, panel: 216 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the width
  useEffect(() => {
    const px = (name: string, otherwise: number) =>
      Number.parseFloat(themes.token(`--baton-size-${name}`)) || otherwise;
    setSizes({ side: px('sidebar', 264), secondary: px('secondary', 320), panel: px('panel', 216) });
  }, [themes, narrow]);
  return sizes;
}

const editable = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]';

/** Keys go to the key service before any view sees them; what has the focus becomes context. */
function useKeys({ keybindings, context, dialogs }: Platform): void {
  useEffect(() => {
    const isTyping = () => document.activeElement?.matches(editable) ?? false;
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (dialogs.getState() !== undefined || event.defaultPrevented) return;
      // An open menu closes by Esc itself.
      if (event.key === 'Escape' && document.querySelector('[role="menu"], [role="dialog"]')) return;
      if (!keybindings.handle(event, isTyping())) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const onFocus = () => {
      const editorFocus = document.activeElement?.closest('[data-part="editor"]') != null;
      context.setAll({ inputFocus: isTyping(), editorFocus });
    };
    window.addEventListener('keydown', onKeyDown, true);
    // Before any view sees it: tables of decisions keep it to themselves.
    window.addEventListener('focusin', onFocus, true);
    window.addEventListener('focusout', onFocus, true);
    return () => {
      window.removeEventListener('keydown', onKeyDown, true);
      window.removeEventListener('focusin', onFocus, true);
      window.removeEventListener('focusout', onFocus, true);
    };
  }, [keybindings, context, dialogs]);
}
