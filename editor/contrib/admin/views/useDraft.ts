import { useState } from 'react';

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What is typed over a record that others change as well: untouched it follows the record; touched it stays, and
 * `theirs` says that there is another one by now.
 * @param typed what is typed already, at first
 */
export function useDraft<R, D>(record: R, draftOf: (record: R) => D, typed: Partial<D> = {}) {
  const [base, setBase] = useState(record);
  const [draft, setDraft] = useState(() => ({ ...draftOf(record), ...typed }));
  const now = draftOf(record);
  const dirty = !same(draft, draftOf(base));
  const moved = !same(now, draftOf(base));
  const take = () => {
    setBase(record);
    setDraft(now);
  };
  if (moved && (!dirty || same(draft, now))) take();
  return {
    draft,
    dirty,
    change: (part: Partial<D>) => setDraft({ ...draft, ...part }),
    /** Somebody else changed what is typed over. */
    theirs: moved && dirty,
    takeTheirs: take,
  };
}
