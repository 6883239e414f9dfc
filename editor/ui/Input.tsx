import './Input.css';
import type { InputHTMLAttributes, Ref } from 'react';
import type { IconName } from '../platform/icons.ts';
import { Icon } from './Icon.tsx';

export interface InputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'size'> {
  /** 24 px high, for properties, toolbars and page heads. */
  small?: boolean;
  /** Ids, keys and code. */
  mono?: boolean;
  invalid?: boolean;
  icon?: IconName;
  ref?: Ref<HTMLInputElement>;
}

export function Input({ small, mono, invalid, icon, className, ...rest }: InputProps) {
  const state = [
    'input',
    small && 'sm',
    invalid && 'is-error',
    rest.readOnly && 'is-readonly',
    rest.disabled && 'is-disabled',
    className,
  ];
  return (
    <span className={state.filter(Boolean).join(' ')}>
      {icon && <Icon name={icon} size={14} />}
      <input {...rest} className={mono ? 'mono' : undefined} aria-invalid={invalid || undefined} />
    </span>
  );
}
