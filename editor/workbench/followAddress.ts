import { type Disposable, disposable } from '../base/disposable.ts';
import { coalesced } from '../platform/coalesced.ts';
import type { Platform } from '../platform/platform.ts';
import { addressOf, openAddress } from './address.ts';

/** Within this many ms whatever is shown has been drawn. */
const afterDrawing = 50;

/** The address and the window's title follow the active document; an address typed or pasted opens its document. */
export function followAddress(platform: Platform): Disposable {
  const { editors, me, timers } = platform;
  let known = window.location.hash;
  const show = () => {
    const address = addressOf(editors.activeResource());
    // One that is typed is in the bar before it is told: it is opened, not written over.
    const typed = window.location.hash !== known;
    if (!typed && address !== window.location.hash.split('?')[0])
      window.history.replaceState(null, '', address || window.location.pathname);
    if (!typed) known = window.location.hash;
    const shown = editors.active.getState()?.state.getState().title;
    const title = [shown, me.tenant.name, 'Baton'].filter(Boolean).join(' · ');
    if (document.title !== title) document.title = title;
  };
  show();
  // Browsers take milliseconds to write both, and load the icon again: the document is drawn first.
  const { soon, dispose: stopWaiting } = coalesced(timers, afterDrawing, show);
  const stop = editors.subscribe(soon);
  const opened = () => {
    known = window.location.hash;
    openAddress(platform, known);
  };
  window.addEventListener('hashchange', opened);
  window.addEventListener('pagehide', show);
  return disposable(() => {
    stop();
    stopWaiting();
    window.removeEventListener('hashchange', opened);
    window.removeEventListener('pagehide', show);
  });
}
