import type { Part } from '../platform/layout.ts';

/** In the order F6 walks. */
const order: readonly Part[] = ['activityBar', 'sideBar', 'editor', 'panel', 'secondary', 'statusBar'];

const focusable =
  'input, textarea, select, [tabindex="0"], button:not(:disabled), a[href], .native-edit-context';

const walked = '[role="tree"][tabindex="0"], [role="listbox"][tabindex="0"]';

/** Marked by the document; where a text is typed; where rows are walked; a field: the first of these takes the focus. */
const preferred = [
  '[data-autofocus]',
  '.monaco-editor .native-edit-context, .monaco-editor textarea.inputarea',
  walked,
  'input, textarea, select, [contenteditable="true"], [tabindex="0"]',
];
const head = '.dochead';

export function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

export function partOf(part: Part): HTMLElement | undefined {
  const candidates = [...document.querySelectorAll<HTMLElement>(`[data-part="${part}"]`)];
  const element = candidates.find((candidate) => candidate.dataset.activePart === 'true') ?? candidates[0];
  return element && isShown(element) ? element : undefined;
}

/** What takes the focus in a part when nobody says what; `undefined` if there is nothing but buttons, or not yet. */
export function stopIn(part: HTMLElement): HTMLElement | undefined {
  // A field is not taken before the code beside it is there.
  for (const selector of isLoading(part) ? preferred.slice(0, -1) : preferred) {
    for (const found of part.querySelectorAll<HTMLElement>(selector)) {
      if (found.closest(head)) continue;
      const stop = found.matches(`${focusable}, [tabindex]`) ? found : innerStop(found);
      if (stop && isShown(stop)) return stop;
    }
  }
  return undefined;
}

function isLoading(part: HTMLElement): boolean {
  return part.querySelector('.skeletons') !== null;
}

/** A frame around an editor of code may be marked as well. */
function innerStop(marked: HTMLElement): HTMLElement | null {
  return marked.querySelector<HTMLElement>(preferred[1]!) ?? marked.querySelector<HTMLElement>(focusable);
}

/** Gives the focus to a part. Answers false if the part is not shown. */
export function focusPart(part: Part): boolean {
  const element = partOf(part);
  if (!element) return false;
  const first = [...element.querySelectorAll<HTMLElement>(focusable)].find(
    (stop) => stop.tabIndex >= 0 && isShown(stop),
  );
  const called =
    part === 'editor' ? stopIn(element) : element.querySelector<HTMLElement>(`[data-autofocus], ${walked}`);
  (called ?? first ?? element).focus();
  return element.contains(document.activeElement);
}

export function walkParts(by: 1 | -1): void {
  const here = (document.activeElement?.closest('[data-part]') as HTMLElement | null)?.dataset.part as
    | Part
    | undefined;
  const from = here ? order.indexOf(here) : order.indexOf('editor') - by;
  for (let step = 1; step <= order.length; step++) {
    const part = order[(from + by * step + order.length * 2) % order.length]!;
    if (focusPart(part)) return;
  }
}
