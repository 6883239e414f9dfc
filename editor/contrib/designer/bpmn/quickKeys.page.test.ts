import type { Element } from 'bpmn-js/lib/model/Types';
import type Selection from 'diagram-js/lib/features/selection/Selection';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { addSvgToJsdom } from '../../../test/svgInJsdom.ts';
import { blankWorkflow } from '../blankWorkflow.ts';
import type { DiagramEditor } from '../diagramEditor.ts';

let editor: DiagramEditor;

/** A key pressed and released where the focus is, as the browser does it before it draws again. */
function press(key: string) {
  const focused = document.activeElement as HTMLElement;
  const keyCode = key === 'Enter' ? 13 : key === 'Escape' ? 27 : 0;
  const pressed = focused.dispatchEvent(
    new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true }),
  );
  if (pressed && key.length === 1 && focused instanceof HTMLInputElement) {
    focused.value += key;
    focused.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** Letters come one by one; what was rendered by a promise stands before the next. */
async function type(text: string) {
  for (const letter of text) {
    press(letter);
    await Promise.resolve();
  }
}

const selected = () => editor.get<Selection>('selection').get()[0] as unknown as Element;
const nameOfNewTask = () => document.querySelector<HTMLElement>('.djs-direct-editing-content');

beforeAll(addSvgToJsdom);
beforeEach(async () => {
  const { createDiagramEditor } = await import('./diagramEditor.ts');
  editor = createDiagramEditor({
    agents: () => [{ name: 'triage', description: 'Sorts what comes in' }],
    tools: () => [],
    templates: () => [],
    agentVersion: () => 1,
  });
  document.body.append(editor.element);
  // Without a name beside it: jsdom cannot draw the line from a label to its element.
  await editor.load(blankWorkflow('By keys').replace(' name="Started"', ''));
  editor.select('started');
  editor.element.querySelector<SVGElement>('.djs-container > svg')?.focus();
  return () => editor.dispose();
});

test('the key after the Enter that ends a name is the canvas’s', () => {
  press('u');
  const name = nameOfNewTask() as HTMLElement;
  name.focus();
  name.innerText = 'Check the order';
  press('Enter');
  press('n');

  expect(selected().id).toBe('check_the_order');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Add');
});

test('the key after the Escape that closes a menu is the canvas’s', () => {
  press('n');
  press('Escape');
  press('u');

  expect(selected().type).toBe('bpmn:UserTask');
});

test('Enter adds what the letters before it found, not what was selected when the menu opened', async () => {
  press('n');
  await type('End event');
  press('Enter');

  expect(selected().type).toBe('bpmn:EndEvent');
});

test('Enter adds nothing where nothing was found', async () => {
  press('n');
  await type('no such thing');
  press('Enter');

  expect(selected().id).toBe('started');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Add');
});
