import { useRef } from 'react';
import { useStore } from 'zustand';
import type { ToolDocument } from '../toolDocument.ts';
import type { DraftField, ToolDraft } from '../toolDraft.ts';

type Definition = Omit<ToolDraft, 'source'>;

/** What a draft says beside its source; the same object while only the source changes, as it does with every key. */
export function useDefinition({ view }: ToolDocument): Definition {
  const last = useRef<ToolDraft>(undefined);
  return useStore(view, ({ draft }) => {
    const before = last.current;
    const isSame =
      before !== undefined &&
      (Object.keys(draft) as DraftField[]).every(
        (field) => field === 'source' || draft[field] === before[field],
      );
    if (!isSame) last.current = draft;
    return last.current ?? draft;
  });
}
