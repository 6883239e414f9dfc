import { useEffect, useRef, useState } from 'react';

const step = 60;

/**
 * How many of many items are drawn: as many as fit a screen or two, more as the end comes into sight. Put `end` behind
 * the last one drawn.
 */
export function useGrowing(count: number): { drawn: number; end: React.RefObject<HTMLDivElement | null> } {
  const [drawn, setDrawn] = useState(step);
  const end = useRef<HTMLDivElement>(null);
  const shown = Math.min(drawn, count);
  useEffect(() => {
    if (!end.current || shown >= count) return undefined;
    const watch = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setDrawn(shown + step),
      { rootMargin: '600px' },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [shown, count]);
  return { drawn: shown, end };
}
