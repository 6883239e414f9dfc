import './Field.css';
import { type ReactNode, useId } from 'react';
import { Icon } from './Icon.tsx';

export interface FieldProps {
  label: ReactNode;
  /** Unit, type or count at the label's right. */
  note?: ReactNode;
  hint?: ReactNode;
  /** "Expected …, but …" */
  error?: string | undefined;
  /** What should be looked at but stops nothing. */
  warning?: string | undefined;
  /** Gets the ids the control needs: spread them on it. */
  children(control: { id: string; 'aria-describedby': string | undefined; invalid: boolean }): ReactNode;
}

/** A control with its label above and hint or error below. */
export function Field({ label, note, hint, error, warning, children }: FieldProps) {
  const id = useId();
  const described =
    [hint && `${id}-hint`, error && `${id}-error`, warning && `${id}-warning`].filter(Boolean).join(' ') ||
    undefined;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
        {note && <span className="opt">{note}</span>}
      </label>
      {children({ id, 'aria-describedby': described, invalid: error !== undefined })}
      {error && (
        <div className="err" id={`${id}-error`} role="alert">
          <Icon name="codicon:error" size={14} />
          <span>{error}</span>
        </div>
      )}
      {warning && !error && (
        <div className="err is-warning" id={`${id}-warning`} role="status">
          <Icon name="codicon:warning" size={14} />
          <span>{warning}</span>
        </div>
      )}
      {hint && (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
