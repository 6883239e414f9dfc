import './Checkbox.css';
import type { InputHTMLAttributes, ReactNode } from 'react';

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  children: ReactNode;
  /** Looks like a switch: takes effect at once. */
  asSwitch?: boolean;
}

export function Checkbox({ children, asSwitch, className, ...rest }: CheckboxProps) {
  return (
    <label className={`checkbox ${className ?? ''}`}>
      <input type="checkbox" role={asSwitch ? 'switch' : undefined} {...rest} />
      {asSwitch ? (
        <span className="switch" aria-hidden="true" />
      ) : (
        <span className="box" aria-hidden="true">
          <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
            <path d="m3 8.5 3.2 3.2L13 4.5" />
          </svg>
        </span>
      )}
      <span>{children}</span>
    </label>
  );
}
