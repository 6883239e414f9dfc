import type { Themes } from './theme.ts';

export type Monaco = typeof import('monaco-editor/editor');
export type { editor as MonacoEditor } from 'monaco-editor/editor';

let loading: Promise<Monaco> | undefined;

/**
 * Monaco from our own bundle, loaded once and only when code is shown; also what `@monaco-editor/react` uses from then on.
 * Its themes `baton-dark`, `baton-light` and `baton-hc` follow the tokens; `monacoThemeName` says which is on.
 */
export function loadMonaco(themes: Themes): Promise<Monaco> {
  loading ??= import('./monacoBundle.ts').then(({ setUpMonaco }) => setUpMonaco(themes));
  return loading;
}

export function monacoThemeName(themes: Themes): string {
  return `baton-${themes.getState()}`;
}
