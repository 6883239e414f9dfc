import type { Root } from 'react-dom/client';
import { type Disposable, disposeAll } from '../base/disposable.ts';
import type { Contribution, Platform } from '../platform/platform.ts';
import { addressOf, openAddress } from './address.ts';
import { followPreferences } from './followPreferences.ts';
import { frame } from './frameCommands.ts';
import { frameStatus } from './frameStatus.ts';
import { quickAccesses } from './quickAccesses.ts';
import { Workbench } from './Workbench.tsx';

/** Registers the frame and the contributions, opens what was open last time, and shows it all. */
export function startWorkbench(
  platform: Platform,
  contributions: readonly Contribution[],
  root: Root,
): Disposable {
  const parts = [frame, frameStatus, quickAccesses, ...contributions].map((contribute) =>
    contribute(platform),
  );
  platform.editors.restore();
  openAddress(platform, window.location.hash);
  platform.lifecycle.restored();
  const stopAddress = platform.editors.subscribe(() => {
    const address = addressOf(platform.editors.activeResource());
    if (address !== window.location.hash)
      window.history.replaceState(null, '', address || window.location.pathname);
    const title = platform.editors.active.getState()?.state.getState().title;
    document.title = [title, platform.me.tenant.name, 'Baton'].filter(Boolean).join(' · ');
  });
  const warn = (event: BeforeUnloadEvent) => {
    // Work which is kept in the browser comes back; only what has no backup would be lost.
    if (platform.editors.dirty().some((model) => !model.backup)) event.preventDefault();
  };
  const leave = () => platform.deletions.leave();
  window.addEventListener('beforeunload', warn);
  window.addEventListener('pagehide', leave);
  root.render(<Workbench platform={platform} />);
  return disposeAll(
    { dispose: () => root.unmount() },
    { dispose: stopAddress },
    { dispose: () => window.removeEventListener('beforeunload', warn) },
    { dispose: () => window.removeEventListener('pagehide', leave) },
    platform.live.start(),
    followPreferences(platform),
    ...parts,
  );
}
