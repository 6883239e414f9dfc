import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { Monaco, MonacoEditor } from '../../platform/monaco.ts';
import type { Platform } from '../../platform/platform.ts';

export type CodeWidget = MonacoEditor.ICodeEditor;

/** The editor of code the caret is in, or was in last. */
export interface FocusedCode extends Readable<CodeWidget | undefined> {
  follow(monaco: Monaco): Disposable;
}

/** Follows the focus; context key `codeFocus` says whether it is in code now. */
export function createFocusedCode({ context }: Pick<Platform, 'context'>): FocusedCode {
  const store = createStore<{ editor: CodeWidget | undefined }>(() => ({ editor: undefined }));
  return {
    getState: () => store.getState().editor,
    subscribe: store.subscribe,
    follow(monaco) {
      const following: Disposable[] = [];
      const created = monaco.editor.onDidCreateEditor((editor) => {
        const parts = [
          editor.onDidFocusEditorText(() => {
            store.setState({ editor });
            context.set('codeFocus', true);
          }),
          editor.onDidBlurEditorText(() => context.set('codeFocus', false)),
        ];
        editor.onDidDispose(() => {
          for (const part of parts) part.dispose();
          if (store.getState().editor === editor) {
            store.setState({ editor: undefined });
            context.set('codeFocus', false);
          }
        });
      });
      following.push(created);
      return disposeAll(
        ...following,
        disposable(() => context.set('codeFocus', false)),
      );
    },
  };
}
