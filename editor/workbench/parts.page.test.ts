import { beforeEach, expect, test } from 'vitest';
import { focusPart } from './parts.ts';

/** jsdom draws nothing: here everything counts as seen. */
beforeEach(() => {
  Element.prototype.checkVisibility = () => true;
  Element.prototype.getClientRects = () => [{}] as unknown as DOMRectList;
});

test('the focus goes to the tab that is on, not to the first of a row of tabs', () => {
  document.body.innerHTML = `
    <section data-part="panel">
      <button role="tab" tabindex="-1">Problems</button>
      <button role="tab">Test results</button>
    </section>`;

  expect(focusPart('panel')).toBe(true);
  expect(document.activeElement?.textContent).toBe('Test results');
});

test('what asks for the focus has it before all else, though Tab leaves it out', () => {
  document.body.innerHTML = `
    <main data-part="editor">
      <input />
      <div tabindex="-1" data-autofocus>Canvas</div>
    </main>`;

  focusPart('editor');
  expect(document.activeElement?.textContent).toBe('Canvas');
});
