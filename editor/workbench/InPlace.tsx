import { useLayoutEffect, useRef } from 'react';
import type { PaneHost } from './paneHost.ts';

/** While it is mounted, the host is in the page, at the place there is when it is mounted. */
export function InPlace({ host, find }: { host: PaneHost; find(): HTMLElement | null | undefined }) {
  const place = useRef(find);
  place.current = find;
  useLayoutEffect(() => {
    const found = place.current();
    if (!found) return;
    host.show(found);
    return () => host.hide();
  }, [host]);
  return null;
}
