import { type Disposable, disposable } from '../base/disposable.ts';
import type { Themes } from './theme.ts';

export type Monaco = typeof import('monaco-editor/editor');
export type { editor as MonacoEditor } from 'monaco-editor/editor';

let loading: Promise<Monaco> | undefined;
let loaded: Monaco | undefined;
const waiting = new Set<(monaco: Monaco) => void>();

/**
 * Monaco from our own bundle, loaded once and only when code is shown; also what `@monaco-editor/react` uses from then on.
 * Its themes `baton-dark`, `baton-light` and `baton-hc` follow the tokens; `monacoThemeName` says which is on.
 */
export function loadMonaco(themes: Themes): Promise<Monaco> {
  loading ??= import('./monacoBundle.ts')
    .then(({ setUpMonaco }) => setUpMonaco(themes))
    .then((monaco) => {
      loaded = monaco;
      for (const hear of waiting) hear(monaco);
      return monaco;
    });
  return loading;
}

/** Hears of Monaco once it is there, however late; does not load it. */
export function onMonaco(hear: (monaco: Monaco) => void): Disposable {
  if (loaded) hear(loaded);
  else waiting.add(hear);
  return disposable(() => waiting.delete(hear));
}

export function monacoThemeName(themes: Themes): string {
  return `baton-${themes.getState()}`;
}
