import { type Disposable, disposeAll } from '../base/disposable.ts';
import type { Platform } from '../platform/platform.ts';

/** Preferences changed on another machine arrive on start, on reconnect and when somebody looks at the window again. */
export function followPreferences({ preferences, live }: Platform): Disposable {
  const refresh = () => void preferences.refresh();
  const leave = () => void preferences.flush();
  let before = live.getState().state;
  const stop = live.subscribe(() => {
    const { state } = live.getState();
    if (state === 'live' && before !== 'live') refresh();
    before = state;
  });
  window.addEventListener('focus', refresh);
  window.addEventListener('pagehide', leave);
  refresh();
  return disposeAll(
    { dispose: stop },
    { dispose: () => window.removeEventListener('focus', refresh) },
    { dispose: () => window.removeEventListener('pagehide', leave) },
  );
}
