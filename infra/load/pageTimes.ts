import type { Page } from 'playwright-core';

/** What the page must show for a time to end. */
export interface Shown {
  selector: string;
  /** Somewhere in the first element that fits. */
  text?: string;
}

/** Frames are not held back to a screen's rate, so that no time has the wait for one in it. */
export const unlimitedFrames = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/** Milliseconds from a key (of a chord the last one), as the browser dates it, to the paint after which the page shows what it should. */
export async function timeOfKey(page: Page, key: string, shown: Shown): Promise<number> {
  const time = page.evaluate(
    ({ selector, text }) =>
      new Promise<number>((resolve) => {
        const holds = () => {
          const element = document.querySelector(selector);
          if (!element) return false;
          // Editors of code write spaces that do not break.
          return text === undefined || (element.textContent ?? '').replaceAll('\u00a0', ' ').includes(text);
        };
        const modifiers = ['Control', 'Alt', 'Shift', 'Meta'];
        const onKey = (event: KeyboardEvent) => {
          if (modifiers.includes(event.key)) return;
          window.removeEventListener('keydown', onKey, true);
          const painted = new MessageChannel();
          painted.port1.onmessage = () => {
            painted.port1.close();
            resolve(performance.now() - event.timeStamp);
          };
          const look = () =>
            requestAnimationFrame(() => {
              if (holds()) painted.port2.postMessage(undefined);
              else look();
            });
          look();
        };
        window.addEventListener('keydown', onKey, true);
      }),
    shown,
  );
  // The listener stands before the key is pressed.
  await page.evaluate(() => undefined);
  await page.keyboard.press(key);
  return time;
}
