import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';

export type Theme = 'dark' | 'light' | 'hc';

export interface Themes extends Readable<Theme> {
  /** The user's own values that are on. */
  tokens(): Readonly<Record<string, string>>;
  /** `tokens`: a user's own values over those of the theme, by their names. */
  set(theme: Theme, tokens?: Readonly<Record<string, string>>): void;
  /** The value a token has in this theme now: `token('--vscode-editor-background')`. */
  token(name: string): string;
}

export interface ThemeRoot {
  /** Shows a theme: sets `data-theme` on the document, and the tokens which the user has values of their own for. */
  apply(theme: Theme, tokens: Readonly<Record<string, string>>): void;
  token(name: string): string;
}

/** `tokens.css` holds the colours; this holds which of its themes is on. */
export function createThemes(
  initial: Theme,
  root: ThemeRoot,
  tokens: Readonly<Record<string, string>> = {},
): Themes {
  const store = createStore(() => ({ theme: initial, tokens }));
  root.apply(initial, tokens);
  return {
    getState: () => store.getState().theme,
    tokens: () => store.getState().tokens,
    subscribe: store.subscribe,
    set(theme, own = {}) {
      root.apply(theme, own);
      store.setState({ theme, tokens: own });
    },
    token: root.token,
  };
}
