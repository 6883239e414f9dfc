import { useEffect, useRef, useState } from 'react';
import { Input, type InputProps } from '../../../ui/Input.tsx';

/**
 * A field that keeps what is typed until it is left or Enter is pressed: names, which would move their card with every
 * key, and figures, which are none while half typed. Esc takes the text back.
 */
export function DraftInput({
  value,
  commit,
  takesFocus,
  ...rest
}: Omit<InputProps, 'value' | 'onChange' | 'onBlur' | 'onKeyDown'> & {
  value: string;
  commit(value: string): void;
  /** It was just made: what is typed next is its text. */
  takesFocus?: boolean;
}) {
  const [draft, setDraft] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.select();
  }, [takesFocus]);
  const done = () => {
    if (draft !== undefined && draft !== value) commit(draft);
    setDraft(undefined);
  };
  return (
    <Input
      {...rest}
      ref={input}
      value={draft ?? value}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done();
        else if (event.key === 'Escape' && draft !== undefined) {
          event.stopPropagation();
          setDraft(undefined);
        }
      }}
    />
  );
}
