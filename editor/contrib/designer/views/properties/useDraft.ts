import { useEffect, useRef, useState } from 'react';
import type { Disposable } from '../../../../base/disposable.ts';
import type { Timers } from '../../../../platform/host.ts';

const settle = 300;

/** A text being typed: committed shortly after the last key and on blur, replaced when the model changes otherwise. */
export function useDraft(value: string, commit: (value: string) => void, timers: Timers) {
  const [draft, setDraft] = useState(value);
  const latest = useRef({ draft, value, commit });
  latest.current = { draft, value, commit };
  const waiting = useRef<Disposable>(undefined);
  const committed = useRef(value);

  useEffect(() => {
    if (value !== committed.current) {
      committed.current = value;
      setDraft(value);
    }
  }, [value]);

  const flush = () => {
    waiting.current?.dispose();
    const { draft: text, commit: write } = latest.current;
    if (text === committed.current) return;
    committed.current = text;
    write(text);
  };
  const flushRef = useRef(flush);
  flushRef.current = flush;
  useEffect(() => () => flushRef.current(), []);

  return {
    draft,
    change(text: string) {
      setDraft(text);
      latest.current.draft = text;
      waiting.current?.dispose();
      waiting.current = timers.after(settle, () => flushRef.current());
    },
    flush,
  };
}
