import { failed, ok } from '@baton/engine/protocol';
import { expect, test } from 'vitest';
import { createEmitter } from '../../base/event.ts';
import type { DiagramEditor } from './diagramEditor.ts';
import { createDiagramText } from './diagramText.ts';

/** A canvas whose diagram is a list of edits; its texts are `<a>` plus the edits. */
function smallEditor() {
  const changed = createEmitter<'execute' | 'undo' | 'redo'>();
  let base = '<a>';
  let edits: string[] = [];
  let position = -1;
  const editor = {
    onChanged: changed.event,
    read: async (text: string) =>
      text.startsWith('<')
        ? ok()
        : failed({ code: 'BPMN_UNREADABLE', message: 'Expected <, but got something else' }),
    async load(text: string) {
      if (text.includes('undrawable'))
        return failed({ code: 'BPMN_UNREADABLE', message: 'Expected a diagram, but there is none' });
      base = text;
      edits = [];
      position = -1;
      return ok([]);
    },
    xml: async () => base + edits.slice(0, position + 1).join(''),
    position: () => position,
  } as unknown as DiagramEditor;
  return {
    editor,
    edit(text: string) {
      edits = [...edits.slice(0, position + 1), text];
      position++;
      changed.fire('execute');
    },
    undo() {
      position--;
      changed.fire('undo');
    },
  };
}

test('after an undo, another edit is not mistaken for the one before', async () => {
  const { editor, edit, undo } = smallEditor();
  const text = createDiagramText(editor, '<a>');
  edit('1');
  undo();
  expect(await text.text()).toBe('<a>');
  edit('2');
  expect(await text.text()).toBe('<a>2');
});

test('a typed text is kept as typed until the diagram is edited', async () => {
  const { editor, edit } = smallEditor();
  const text = createDiagramText(editor, '<a>');
  await text.replace('<a  >');
  expect(await text.text()).toBe('<a  >');
  edit('1');
  expect(await text.text()).toBe('<a  >1');
});

test.each(['no xml', '<undrawable>'])('typing %s loses nothing that was drawn before', async (typed) => {
  const { editor, edit } = smallEditor();
  const text = createDiagramText(editor, '<a>');
  edit('1');
  expect(await text.replace(typed)).toMatchObject({ ok: false });
  expect(await text.text()).toBe('<a>1');
});
