import type { Part } from '../platform/layout.ts';

/** In the order F6 walks. */
const order: readonly Part[] = ['activityBar', 'sideBar', 'editor', 'panel', 'secondary', 'statusBar'];

const focusable =
  '[data-autofocus], [role="tree"][tabindex="0"], [role="listbox"][tabindex="0"], input, textarea, select, [tabindex="0"], button:not(:disabled), a[href]';

function elementOf(part: Part): HTMLElement | undefined {
  const candidates = [...document.querySelectorAll<HTMLElement>(`[data-part="${part}"]`)];
  const element = candidates.find((candidate) => candidate.dataset.activePart === 'true') ?? candidates[0];
  return element?.checkVisibility({ visibilityProperty: true }) ? element : undefined;
}

/** Gives the focus to a part: where it was last, else to its first stop. Answers false if the part is not shown. */
export function focusPart(part: Part): boolean {
  const element = elementOf(part);
  if (!element) return false;
  const stops = [...element.querySelectorAll<HTMLElement>(focusable)].filter(
    (stop) => stop.getClientRects().length > 0,
  );
  const preferred = stops.find((stop) => stop.matches('[data-autofocus], [role="tree"], [role="listbox"]'));
  const target = preferred ?? stops[0] ?? element;
  target.focus();
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
