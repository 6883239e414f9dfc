import { useState } from 'react';
import { useSaving } from './useSaving.ts';

/** What is typed in the form of a thing, and saving it: whatever changes takes a refusal away. */
export function useTyped<D extends object, P extends object>(
  first: D | (() => D),
  problemsOf: (draft: D) => P,
) {
  const [draft, setDraft] = useState(first);
  const { changed, ...saving } = useSaving(problemsOf(draft));
  return {
    ...saving,
    draft,
    change(part: Partial<D>) {
      changed();
      setDraft({ ...draft, ...part });
    },
  };
}
