import { type ReactNode, useLayoutEffect, useRef } from 'react';

/** What came last stays in sight, unless one scrolled up to read. */
export function AtEnd({
  className,
  of,
  children,
}: {
  className: string;
  /** Changes when something came. */
  of: unknown;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came is drawn by then
  useLayoutEffect(() => {
    const element = place.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [of]);
  return (
    <div
      ref={place}
      className={className}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {children}
    </div>
  );
}
