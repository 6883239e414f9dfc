import { useState } from 'react';
import { Input, type InputProps } from '../../../ui/Input.tsx';

/**
 * A figure as it is typed: what is none yet is handed on as text, so that its problem is seen while typing; an empty
 * field hands on nothing. What was typed stays in sight until the field is left.
 */
export function NumberInput({
  value,
  change,
  ...rest
}: Omit<InputProps, 'value' | 'onChange' | 'onBlur'> & {
  value: string;
  change(value: number | string | undefined): void;
}) {
  const [typed, setTyped] = useState<string>();
  return (
    <Input
      {...rest}
      mono
      inputMode="decimal"
      // Another side or undo may have changed it meanwhile; then that is shown.
      value={typed !== undefined && sameFigure(typed, value) ? typed : value}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        change(figureOf(text));
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}

export function figureOf(text: string): number | string | undefined {
  const plain = text.trim().replaceAll(/[_\s]/g, '');
  if (plain === '') return undefined;
  const figure = Number(plain);
  return Number.isFinite(figure) ? figure : text.trim();
}

function sameFigure(typed: string, value: string): boolean {
  return String(figureOf(typed) ?? '') === value;
}
