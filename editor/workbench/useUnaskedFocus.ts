import { type RefObject, useEffect, useRef } from 'react';

/**
 * Takes the focus for a dialog that comes by itself, not for a button in it: the next key of somebody who is typing
 * presses nothing.
 */
export function useUnaskedFocus(shown: boolean): RefObject<HTMLDivElement | null> {
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown) dialog.current?.focus();
  }, [shown]);
  return dialog;
}
