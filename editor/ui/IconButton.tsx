import './IconButton.css';
import type { ButtonHTMLAttributes, Ref } from 'react';
import type { IconName } from '../platform/icons.ts';
import { Icon } from './Icon.tsx';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  icon: IconName;
  /** Name and tooltip; `keys` are added to the tooltip. */
  label: string;
  /** `Ctrl+B` */
  keys?: string | undefined;
  /** Pressed. */
  on?: boolean;
  small?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon, label, keys, on, small, className, ...rest }: IconButtonProps) {
  const classes = ['iconbtn', on && 'is-on', small && 'sm', rest.disabled && 'is-disabled', className];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      title={keys ? `${label} (${keys})` : label}
      aria-label={label}
      aria-pressed={on}
    >
      <Icon name={icon} />
    </button>
  );
}
