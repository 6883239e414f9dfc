import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Rows drawn beyond both ends of what is in sight. */
const spare = 12;
/** Until the place has been measured, in px. */
const usual = 900;

export interface RowsInSight {
  from: number;
  to: number;
  /** Height of what is left out above and below, in px. */
  above: number;
  below: number;
  /** Scrolls as little as is needed until a row is in sight. */
  show(index: number): void;
}

/**
 * Which rows of a long list are drawn: those in sight of its scrolling element, all of one height.
 * @param kept index of the row that stays in sight when the element becomes lower; below 0: none
 */
export function useRowsInSight(
  root: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  kept: number,
): RowsInSight {
  const [place, setPlace] = useState({ top: 0, height: usual });
  // As it was measured last: asking the page while it changes makes it lay out everything at once.
  const measured = useRef({ top: 0, height: usual });
  const keptRow = useRef(kept);
  keptRow.current = kept;
  /** The least it is to be scrolled so that a row is in sight. */
  const topFor = (index: number) => {
    const { top: from, height } = measured.current;
    const top = index * rowHeight;
    return top < from ? top : top + rowHeight > from + height ? top + rowHeight - height : from;
  };
  const scrollTo = (to: number) => {
    if (!root.current || to === measured.current.top) return;
    measured.current = { ...measured.current, top: to };
    root.current.scrollTop = to;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: both ask what is measured only when they are called
  useLayoutEffect(() => {
    const element = root.current!;
    const look = (height: number) => {
      measured.current = { top: element.scrollTop, height };
      setPlace((before) => {
        // A new picture for every row that comes, not for every pixel.
        const top = Math.floor(element.scrollTop / rowHeight) * rowHeight;
        return before.top === top && before.height === height ? before : { top, height };
      });
    };
    const scrolled = () => look(measured.current.height);
    const resized = new ResizeObserver(([entry]) => {
      const wasInSight = topFor(keptRow.current) === measured.current.top;
      look(entry?.contentRect.height || measured.current.height);
      if (wasInSight && keptRow.current >= 0) scrollTo(topFor(keptRow.current));
    });
    element.addEventListener('scroll', scrolled, { passive: true });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', scrolled);
      resized.disconnect();
    };
  }, [root, rowHeight]);

  const from = Math.max(0, Math.min(count, Math.floor(place.top / rowHeight) - spare));
  const to = Math.min(count, Math.ceil((place.top + place.height) / rowHeight) + spare);
  return {
    from,
    to,
    above: from * rowHeight,
    below: (count - to) * rowHeight,
    show: (index) => scrollTo(topFor(index)),
  };
}
