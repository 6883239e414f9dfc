import '@vscode/codicons/dist/codicon.css';
import './ui/styles/tokens.css';
import './ui/styles/fonts.css';
import './ui/styles/base.css';
import './ui/styles/surfaces.css';
import { createRoot } from 'react-dom/client';
import * as contributions from './contributions.ts';
import {
  browserClock,
  browserNetwork,
  browserStorage,
  browserTimers,
  browserWindowStorage,
  documentTheme,
} from './platform/browserHost.ts';
import { prefixedStorage, readJson, windowedStorage } from './platform/host.ts';
import { createOidcClient, leftOnPurpose } from './platform/oidcClient.ts';
import { createPlatform } from './platform/platform.ts';
import { browserOf } from './platform/reservedKeys.ts';
import { createSession } from './platform/session.ts';
import { createThemes, type Theme } from './platform/theme.ts';
import { SignIn } from './workbench/SignIn.tsx';
import { startWorkbench } from './workbench/startWorkbench.tsx';

const themeKey = 'baton/theme';
/** Colours of an imported theme are on before anybody is signed in, as the theme is. */
const themeTokensKey = 'baton/themeTokens';
const moreContrast = window.matchMedia('(prefers-contrast: more)').matches;
const themes = createThemes(
  (browserStorage.get(themeKey) as Theme | undefined) ?? (moreContrast ? 'hc' : 'dark'),
  documentTheme,
  readJson<Record<string, string>>(browserStorage, themeTokensKey),
);
themes.subscribe(() => {
  browserStorage.set(themeKey, themes.getState());
  browserStorage.set(themeTokensKey, JSON.stringify(themes.tokens()));
});

/** Read by `entry.ts` before any module. */
const languageKey = 'baton/language';

const fetch = window.fetch.bind(window);
const session = createSession({
  fetch,
  clock: browserClock,
  createOidc: (configuration) => createOidcClient(configuration, window),
  reload: () => window.location.reload(),
});

const root = createRoot(document.getElementById('root')!);
await session.start();
const state = session.getState();
if (state.status === 'signedIn') {
  const { me } = state;
  const own = `baton/${me.tenant.id}/${me.user.id}/`;
  const platform = createPlatform({
    me,
    configuration: state.configuration,
    session,
    themes,
    fetch,
    openSocket: (protocols) =>
      new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}/ws`, protocols) as never,
    network: browserNetwork,
    random: Math.random,
    clock: browserClock,
    timers: browserTimers,
    keyboard: {
      browser: browserOf(navigator.userAgent),
      mac: /Mac|iPhone|iPad/.test(navigator.platform),
    },
    storage: prefixedStorage(browserStorage, own),
    windowStorage: prefixedStorage(windowedStorage(browserWindowStorage, browserStorage), own),
    copy: (text) => void navigator.clipboard?.writeText(text),
    reload: () => window.location.reload(),
    language: {
      get: () => browserStorage.get(languageKey) ?? 'en',
      set: (language) => browserStorage.set(languageKey, language),
    },
  });
  startWorkbench(platform, contributions, root);
} else {
  root.render(<SignIn session={session} />);
  // Whoever comes for the first time goes straight to the issuer; whoever just signed out stays here.
  if (state.status === 'signedOut' && !leftOnPurpose(window.sessionStorage)) await session.signIn();
}
