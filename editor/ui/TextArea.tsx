import './Input.css';
import type { Ref, TextareaHTMLAttributes } from 'react';

export interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  small?: boolean;
  mono?: boolean;
  invalid?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
}

export function TextArea({ small, mono, invalid, className, ...rest }: TextAreaProps) {
  const state = [
    'input area',
    small && 'sm',
    invalid && 'is-error',
    rest.readOnly && 'is-readonly',
    className,
  ];
  return (
    <textarea
      rows={4}
      {...rest}
      className={[...state, mono && 'mono'].filter(Boolean).join(' ')}
      aria-invalid={invalid || undefined}
    />
  );
}
