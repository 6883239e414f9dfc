import { useState } from 'react';
import { Input, type InputProps } from './Input.tsx';
import type { Quantity } from './quantities.ts';

/**
 * A figure in its unit, as it is typed: what is none yet is handed on as text, so that its problem is seen while typing;
 * an empty field hands on nothing. What was typed stays in sight until the field is left.
 */
export function FigureInput({
  quantity,
  value,
  otherwise,
  change,
  ...rest
}: Omit<InputProps, 'value' | 'onChange' | 'onBlur' | 'placeholder'> & {
  quantity: Quantity;
  value: unknown;
  /** What counts while the field is empty. */
  otherwise?: number | string | undefined;
  change(value: number | string | undefined): void;
}) {
  const [typed, setTyped] = useState<string>();
  const shown = typeof value === 'number' ? quantity.show(value) : value === undefined ? '' : String(value);
  // Another side or undo may have changed it meanwhile; then that is shown.
  const own = typed !== undefined && quantity.read(typed) === (value ?? undefined);
  return (
    <Input
      {...rest}
      placeholder={typeof otherwise === 'number' ? quantity.show(otherwise) : otherwise}
      value={own ? typed : shown}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        change(quantity.read(text));
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
