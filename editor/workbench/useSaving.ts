import { useState } from 'react';
import type { Failure } from '../platform/failure.ts';

/** Saving what is typed in a form: what is wrong, by field, is told once it was tried, a refusal until something changes. */
export function useSaving<P extends object>(all: P) {
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Failure>();
  return {
    problems: tried ? all : ({} as P),
    busy,
    refused,
    changed: () => setRefused(undefined),
    /** Sends it unless something is wrong with it. @returns whether it is saved */
    async save(send: () => Promise<Failure | undefined>): Promise<boolean> {
      setTried(true);
      if (Object.keys(all).length > 0) return false;
      setBusy(true);
      const failure = await send();
      setBusy(false);
      setRefused(failure);
      if (!failure) setTried(false);
      return !failure;
    },
  };
}
