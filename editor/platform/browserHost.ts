import { disposable } from '../base/disposable.ts';
import type { Clock, KeyValueStorage, Network, Timers } from './host.ts';
import type { Theme, ThemeRoot } from './theme.ts';

/** The browser behind the ports of `host.ts`; only `main.tsx` makes these. */
export const browserClock: Clock = { now: () => Date.now() };

export const browserTimers: Timers = {
  after(ms, run) {
    const timer = window.setTimeout(run, ms);
    return disposable(() => window.clearTimeout(timer));
  },
};

export const browserNetwork: Network = {
  watch(changed) {
    const online = () => changed(true);
    const offline = () => changed(false);
    window.addEventListener('online', online);
    window.addEventListener('offline', offline);
    return disposable(() => {
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
    });
  },
};

const storageIn = (area: () => Storage): KeyValueStorage => ({
  get: (key) => readable(() => area().getItem(key)) ?? undefined,
  set: (key, value) => void readable(() => area().setItem(key, value)),
  remove: (key) => void readable(() => area().removeItem(key)),
  keys: () => readable(() => Object.keys(area())) ?? [],
  watch(changed) {
    const hear = (event: StorageEvent) => {
      if (event.storageArea === area() && event.key !== null) changed(event.key);
    };
    window.addEventListener('storage', hear);
    return disposable(() => window.removeEventListener('storage', hear));
  },
});

export const browserStorage = storageIn(() => window.localStorage);
/** Of this window alone; it survives a reload. */
export const browserWindowStorage = storageIn(() => window.sessionStorage);

/** Storage may be blocked or full; what is kept there is a comfort, so both count as absent. */
function readable<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}

export const documentTheme: ThemeRoot = {
  apply(theme: Theme, tokens) {
    const { dataset, style } = document.documentElement;
    dataset.theme = theme;
    for (const name of [...style]) if (/^--(vscode|baton)-/.test(name)) style.removeProperty(name);
    for (const [name, value] of Object.entries(tokens)) style.setProperty(name, value);
  },
  token: (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(),
};
