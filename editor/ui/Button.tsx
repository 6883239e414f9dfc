import './Button.css';
import type { ButtonHTMLAttributes, Ref } from 'react';
import type { IconName } from '../platform/icons.ts';
import { Icon } from './Icon.tsx';
import { Spinner } from './Spinner.tsx';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One `primary` per part of the frame. */
  look?: 'primary' | 'secondary' | 'ghost' | 'danger';
  size?: 'md' | 'sm' | 'lg';
  icon?: IconName;
  /** Shows a spinner and takes no clicks. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look = 'secondary',
  size = 'md',
  icon,
  busy,
  className,
  children,
  ...rest
}: ButtonProps) {
  const classes = ['btn', look !== 'secondary' && look, size !== 'md' && size, busy && 'is-busy', className];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      aria-busy={busy || undefined}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
