/** Where a pane is drawn. While its tab is behind another one it is out of the page: nothing is laid out, nothing finds it. */
export interface PaneHost {
  readonly element: HTMLElement;
  /** Puts it on show, scrolled as it was. In the active group it has the focus again if it had it and nothing else took it. */
  show(place: HTMLElement, active: boolean): void;
  hide(): void;
}

export function createPaneHost(): PaneHost {
  const element = document.createElement('div');
  element.className = 'panehost';
  // What is taken out of the page forgets how far it was scrolled.
  const scrolled = new Map<Element, { left: number; top: number }>();
  let focused: HTMLElement | undefined;
  element.addEventListener(
    'scroll',
    ({ target }) => {
      if (!(target instanceof Element) || !element.isConnected) return;
      scrolled.set(target, { left: target.scrollLeft, top: target.scrollTop });
    },
    { capture: true, passive: true },
  );
  return {
    element,
    show(place, active) {
      place.append(element);
      for (const [part, at] of scrolled) part.scrollTo({ ...at, behavior: 'instant' });
      if (active && focused && document.activeElement === document.body)
        focused.focus({ preventScroll: true });
      focused = undefined;
    },
    hide() {
      const active = document.activeElement;
      if (active instanceof HTMLElement && element.contains(active)) {
        focused = active;
        // What is taken out of the page with the focus does not say that it lost it.
        active.blur();
      }
      for (const part of scrolled.keys()) if (!element.contains(part)) scrolled.delete(part);
      element.remove();
    },
  };
}
