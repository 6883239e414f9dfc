/** Where a pane is drawn. While its tab is behind another one it is out of the page: nothing is laid out, nothing finds it. */
export interface PaneHost {
  readonly element: HTMLElement;
  /** Puts it on show, scrolled as it was. */
  show(place: HTMLElement): void;
  hide(): void;
}

export function createPaneHost(): PaneHost {
  const element = document.createElement('div');
  element.className = 'panehost';
  // What is taken out of the page forgets how far it was scrolled.
  const scrolled = new Map<Element, { left: number; top: number }>();
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
    show(place) {
      place.append(element);
      for (const [part, at] of scrolled) part.scrollTo({ ...at, behavior: 'instant' });
    },
    hide() {
      const active = document.activeElement;
      // What is taken out of the page with the focus does not say that it lost it.
      if (active instanceof HTMLElement && element.contains(active)) active.blur();
      for (const part of scrolled.keys()) if (!element.contains(part)) scrolled.delete(part);
      element.remove();
    },
  };
}
