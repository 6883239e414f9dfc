import { type Disposable, disposable } from '../base/disposable.ts';
import type { MonacoEditor } from '../platform/monaco.ts';

/** Characters a document may have; the server refuses drafts that are larger. */
export const mostCharacters = 2_000_000;

interface Messages {
  showMessage(text: string, at: unknown): void;
}

/** What the clipboard or a drop would make too large is refused with words at the caret; nothing is changed by it. */
export function refuseLargePaste(host: HTMLElement, editor: MonacoEditor.IStandaloneCodeEditor): Disposable {
  function look(event: Event, given: DataTransfer | null) {
    const text = given?.getData('text/plain') ?? '';
    const model = editor.getModel();
    if (!model || text.length < 1000) return;
    const selection = editor.getSelection();
    const kept = model.getValueLength() - (selection ? model.getValueLengthInRange(selection) : 0);
    if (kept + text.length <= mostCharacters) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const messages = editor.getContribution('editor.contrib.messageController') as unknown as Messages | null;
    messages?.showMessage(
      `Expected at most ${megabytes(mostCharacters)} in one document, but with what is pasted it would have ${megabytes(kept + text.length)}. Nothing was changed.`,
      editor.getPosition() ?? { lineNumber: 1, column: 1 },
    );
  }
  const pasted = (event: ClipboardEvent) => look(event, event.clipboardData);
  const dropped = (event: DragEvent) => look(event, event.dataTransfer);
  host.addEventListener('paste', pasted, true);
  host.addEventListener('drop', dropped, true);
  return disposable(() => {
    host.removeEventListener('paste', pasted, true);
    host.removeEventListener('drop', dropped, true);
  });
}

const megabytes = (characters: number) =>
  `${(characters / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
