import type { Disposable } from '../base/disposable.ts';
import { disposable } from '../base/disposable.ts';
import type { Monaco, MonacoEditor } from '../platform/monaco.ts';

type Model = MonacoEditor.ITextModel;

/** How many editors show a text that has a path. */
const shownBy = new Map<Model, number>();

/** The text at a path, shared by all editors that show it; the last one to give it back ends it. */
export function borrowModel(
  monaco: Monaco,
  text: string,
  language: string,
  path: string | undefined,
): Disposable & { model: Model } {
  if (path === undefined) {
    const model = monaco.editor.createModel(text, language);
    return { model, dispose: () => model.dispose() };
  }
  const uri = monaco.Uri.parse(path);
  const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, language, uri);
  shownBy.set(model, (shownBy.get(model) ?? 0) + 1);
  return {
    model,
    ...disposable(() => {
      const left = (shownBy.get(model) ?? 1) - 1;
      if (left > 0) {
        shownBy.set(model, left);
        return;
      }
      shownBy.delete(model);
      model.dispose();
    }),
  };
}
