import './RecordsPage.css';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import { Input } from './Input.tsx';

export interface RecordsPageProps {
  title: string;
  /** What they are, behind the title. */
  hint: string;
  filter: { label: string; text: string; onChange(text: string): void };
  /** The primary button. */
  action?: ReactNode;
  /** Other controls of the head, before the filter. */
  controls?: ReactNode;
  /** Tables, empty states, failures. */
  children: ReactNode;
  /** The form of the selected one. */
  aside?: ReactNode;
  className?: string;
}

/** All records of a kind as a table, with the selected one's form beside it. */
export function RecordsPage({
  title,
  hint,
  filter,
  action,
  controls,
  children,
  aside,
  className,
}: RecordsPageProps) {
  return (
    <div className={`records ${className ?? ''}`}>
      <div className="recordsmain scroll">
        <header className="recordshead">
          <h1>{title}</h1>
          <span className="dim recordshint">{hint}</span>
          <span className="grow" />
          {controls}
          <Input
            icon="codicon:filter"
            aria-label={filter.label}
            placeholder="Filter"
            data-autofocus
            value={filter.text}
            onChange={(event) => filter.onChange(event.currentTarget.value)}
          />
          {action}
        </header>
        {children}
      </div>
      {aside}
    </div>
  );
}

export interface RecordFormProps {
  /** Read aloud. */
  label: string;
  title: string;
  /** The title is a name that is written exactly like this. */
  exact?: boolean;
  /** Other icon buttons of the head. */
  actions?: ReactNode;
  /** The button of the head that deletes it. */
  remove?: { label: string; run(): void } | undefined;
  children: ReactNode;
  /** The primary button and one that closes; nothing for who only reads. */
  submit?: { label: string; busy: boolean } | undefined;
  /** Other buttons of the foot, before those. */
  foot?: ReactNode;
  onSubmit(): void;
  onClose(): void;
}

/** The form of one record; Esc closes it. */
export function RecordForm({
  label,
  title,
  exact,
  actions,
  remove,
  children,
  submit,
  foot,
  onSubmit,
  onClose,
}: RecordFormProps) {
  return (
    <form
      className="recordform"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="recordtitle">
        <span className={exact ? 'exact ellipsis' : 'ellipsis'}>{title}</span>
        {actions}
        {remove && <IconButton icon="codicon:trash" label={remove.label} onClick={remove.run} />}
        <IconButton icon="codicon:close" label="Close" onClick={onClose} />
      </div>
      <div className="recordfields scroll">{children}</div>
      {(foot || submit) && (
        <div className="recordfoot">
          {foot}
          {submit && (
            <>
              <Button size="sm" onClick={onClose}>
                Cancel
              </Button>
              <Button size="sm" look="primary" type="submit" busy={submit.busy}>
                {submit.label}
              </Button>
            </>
          )}
        </div>
      )}
    </form>
  );
}
