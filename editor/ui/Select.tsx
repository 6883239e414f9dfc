import './Select.css';
import type { SelectHTMLAttributes } from 'react';
import { Icon } from './Icon.tsx';

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'size'> {
  options: readonly { value: string; title: string; disabled?: boolean }[];
  small?: boolean;
  invalid?: boolean;
}

/** The platform's own list: keyboard, type-ahead and screen readers come with it. */
export function Select({ options, small, invalid, className, ...rest }: SelectProps) {
  const state = [
    'input select',
    small && 'sm',
    invalid && 'is-error',
    rest.disabled && 'is-disabled',
    className,
  ];
  return (
    <span className={state.filter(Boolean).join(' ')}>
      <select {...rest} aria-invalid={invalid || undefined}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.title}
          </option>
        ))}
      </select>
      <Icon name="codicon:chevron-down" size={14} />
    </span>
  );
}
