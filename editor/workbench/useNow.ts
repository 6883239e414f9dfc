import { useEffect, useState } from 'react';
import { usePlatform } from './platformContext.ts';

/** The time, every ten seconds: what happened a moment ago grows older on the page. */
export function useNow(): number {
  const { clock } = usePlatform();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(clock.now()), 10_000);
    return () => window.clearInterval(timer);
  }, [clock]);
  return now;
}
