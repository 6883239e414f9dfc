import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmitter } from '../base/event.ts';
import type { Platform } from '../platform/platform.ts';
import { keepFocus } from './focusKeeper.ts';

const store = <T>(state: T) => ({ getState: () => state, subscribe: () => () => {} });
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** A page with a terminal and an editor, and a way to open something in it. */
function page() {
  document.body.innerHTML =
    '<div data-part="panel"><textarea></textarea></div><div data-part="editor"><p data-autofocus tabindex="0"></p></div>';
  const called = createEmitter<{ byItself: boolean }>();
  const kept = keepFocus({
    editors: { ...store({ groups: [], activeGroup: 1 }), onCalled: called.event },
    dialogs: store(undefined),
    layout: { ...store({}), onFocus: () => () => {} },
  } as unknown as Platform);
  return {
    terminal: document.querySelector('textarea')!,
    canvas: document.querySelector('p')!,
    press: (key: string) => window.dispatchEvent(new KeyboardEvent('keydown', { key })),
    async opened(byItself: boolean) {
      called.fire({ byItself });
      await frame();
    },
    leave: () => kept.dispose(),
  };
}

// jsdom lays nothing out: everything is shown.
beforeEach(() => {
  Element.prototype.checkVisibility = () => true;
  Element.prototype.getClientRects = () => [{}] as unknown as DOMRectList;
});
afterEach(() => {
  document.body.innerHTML = '';
});

test('what opens by itself takes the focus of a page that nobody touched', async () => {
  const { canvas, opened, leave } = page();
  await opened(true);
  expect(document.activeElement).toBe(canvas);
  leave();
});

test('what opens by itself leaves the focus where somebody types', async () => {
  const { terminal, press, opened, leave } = page();
  press('j');
  terminal.focus();
  await opened(true);
  expect(document.activeElement).toBe(terminal);
  leave();
});

test('a key that comes before what opened by itself is drawn keeps the focus too', async () => {
  const { terminal, press, opened, leave } = page();
  terminal.focus();
  const drawn = opened(true);
  press('j');
  await drawn;
  expect(document.activeElement).toBe(terminal);
  leave();
});

test('what the user opens takes the focus, whatever was done before', async () => {
  const { terminal, canvas, press, opened, leave } = page();
  press('j');
  terminal.focus();
  await opened(false);
  expect(document.activeElement).toBe(canvas);
  leave();
});
