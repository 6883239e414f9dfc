import type { Root } from 'react-dom/client';
import { type Disposable, disposable, disposeAll } from '../base/disposable.ts';
import { contributeAll } from '../platform/contributionScope.ts';
import type { Contribution, Platform } from '../platform/platform.ts';
import { openAddress } from './address.ts';
import { followAddress } from './followAddress.ts';
import { followPreferences } from './followPreferences.ts';
import { frame } from './frameCommands.ts';
import { frameStatus } from './frameStatus.ts';
import { quickAccesses } from './quickAccesses.ts';
import { Workbench } from './Workbench.tsx';

/** Registers the frame and the contributions, opens what was open last time, and shows it all. */
export function startWorkbench(
  platform: Platform,
  contributions: Readonly<Record<string, Contribution>>,
  root: Root,
): Disposable {
  const parts = [frame, frameStatus, quickAccesses].map((contribute) => contribute(platform));
  const features = contributeAll(platform, contributions);
  platform.editors.restore();
  openAddress(platform, window.location.hash);
  platform.lifecycle.restored();
  root.render(<Workbench platform={platform} />);
  return disposeAll(
    disposable(() => root.unmount()),
    followAddress(platform),
    watchLeaving(platform),
    watchBugs(platform),
    retryWhenLive(platform),
    platform.live.start(),
    followPreferences(platform),
    ...parts,
    features,
  );
}

/** Work which is kept in the browser comes back; only what has no backup would be lost, so only then one is asked. */
function watchLeaving({ editors, deletions }: Platform): Disposable {
  const warn = (event: BeforeUnloadEvent) => {
    if (editors.dirty().some((model) => !model.backup)) event.preventDefault();
  };
  const hidden = () => {
    if (document.visibilityState === 'hidden') editors.flush();
  };
  const leave = () => {
    editors.flush();
    deletions.leave();
  };
  window.addEventListener('beforeunload', warn);
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', hidden);
  return disposable(() => {
    window.removeEventListener('beforeunload', warn);
    window.removeEventListener('pagehide', leave);
    document.removeEventListener('visibilitychange', hidden);
  });
}

/** Said by browsers and by Monaco in the course of things. */
const noBug = /^ResizeObserver loop|^Canceled$|^Script error/;

/** What an event handler or a forgotten promise throws: no part of the frame shows it otherwise. */
function watchBugs({ bugs }: Platform): Disposable {
  const report = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    if (!noBug.test(message)) bugs.report(error, 'this to work');
  };
  const thrown = (event: ErrorEvent) => report(event.error ?? event.message);
  const rejected = (event: PromiseRejectionEvent) => report(event.reason);
  window.addEventListener('error', thrown);
  window.addEventListener('unhandledrejection', rejected);
  return disposable(() => {
    window.removeEventListener('error', thrown);
    window.removeEventListener('unhandledrejection', rejected);
  });
}

/** What could not be opened without the server is opened once it is back. */
function retryWhenLive({ live, editors }: Platform): Disposable {
  let before = live.getState().state;
  return disposable(
    live.subscribe(() => {
      const now = live.getState().state;
      if (now === 'live' && before !== 'live') editors.retryUnreachable();
      before = now;
    }),
  );
}
