import { useState } from 'react';
import { Input, type InputProps } from '../../../ui/Input.tsx';

/**
 * A field that keeps what is typed until it is left or Enter is pressed: names, which would move their card with every
 * key, and figures, which are none while half typed. Esc takes the text back.
 */
export function DraftInput({
  value,
  commit,
  ...rest
}: Omit<InputProps, 'value' | 'onChange' | 'onBlur' | 'onKeyDown'> & {
  value: string;
  commit(value: string): void;
}) {
  const [draft, setDraft] = useState<string>();
  const done = () => {
    if (draft !== undefined && draft !== value) commit(draft);
    setDraft(undefined);
  };
  return (
    <Input
      {...rest}
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
