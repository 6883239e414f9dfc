import { useMemo } from 'react';
import type { Readable } from '../base/readable.ts';
import { resourceKey } from '../platform/documents.ts';
import { usePlatform, useReadable } from './platformContext.ts';

/** A list's state without what is being deleted and can still be taken back. */
export function useRemaining<T, S extends { items: readonly T[] | undefined }>(
  list: Readable<S & { items: readonly T[] | undefined }>,
  kind: string,
  idOf: (item: T) => string,
): S {
  const deletions = usePlatform().deletions;
  const hidden = useReadable(deletions);
  const state = useReadable(list);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how an item is named does not change
  return useMemo(
    () => ({
      ...state,
      items: state.items?.filter((item) => !hidden.has(resourceKey({ kind, id: idOf(item) }))),
    }),
    [state, hidden, kind],
  );
}
