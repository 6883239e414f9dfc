import './Skeleton.css';
import { useEffect, useState } from 'react';

/** Grey lines in the size of what comes; nothing for the first 200 ms. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), 200);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div className="skeletons" role="status" aria-label="Loading">
      {shown &&
        Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
          <span key={line} className="skeleton" style={{ width: `${[78, 92, 60][line % 3]}%` }} />
        ))}
    </div>
  );
}
