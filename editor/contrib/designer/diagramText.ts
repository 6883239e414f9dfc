import type { Result } from '@baton/engine/protocol';
import { createEmitter, type Event } from '../../base/event.ts';
import type { Failure } from '../../platform/failure.ts';
import type { DiagramEditor } from './diagramEditor.ts';

/** A BPMN file as text and as diagram at once. */
export interface DiagramText {
  /** The file now. As long as no command changed the diagram it is the text that was opened, byte for byte. */
  text(): Promise<string>;
  /** Draws a text as typed; it stays as it is until the diagram is edited. A text that cannot be drawn leaves the diagram as it is. */
  replace(text: string): Promise<Result<readonly string[], Failure>>;
  readonly onChanged: Event<void>;
}

export function createDiagramText(editor: DiagramEditor, opened: string): DiagramText {
  const changed = createEmitter<void>();
  /** The text of the diagram at `basePosition` of the command stack. */
  let baseText = opened;
  /** `undefined`: commands replaced the ones that led there, so no undo comes back to it. */
  let basePosition: number | undefined = editor.position();
  let position = editor.position();

  const now = async () => (atBase() ? baseText : editor.xml());
  const atBase = () => basePosition === editor.position();
  editor.onChanged((trigger) => {
    if (trigger === 'execute' && basePosition !== undefined && basePosition > position)
      basePosition = undefined;
    position = editor.position();
    changed.fire();
  });

  return {
    onChanged: changed.event,
    text: now,
    async replace(text) {
      const readable = await editor.read(text);
      if (!readable.ok) return readable;
      const before = await now();
      const loaded = await editor.load(text);
      if (!loaded.ok) await editor.load(before);
      baseText = loaded.ok ? text : before;
      basePosition = position = editor.position();
      changed.fire();
      return loaded;
    },
  };
}
