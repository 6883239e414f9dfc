import './RecordsPage.css';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';
import { Input } from './Input.tsx';

export interface RecordsPageProps {
  title: string;
  /** What they are, behind the title. */
  hint: string;
  filter: { label: string; text: string; onChange(text: string): void };
  /** The primary button. */
  action?: ReactNode;
  /** Tables, empty states, failures. */
  children: ReactNode;
  /** The form of the selected one. */
  aside?: ReactNode;
  className?: string;
}

/** All records of a kind as a table, with the selected one's form beside it. */
export function RecordsPage({ title, hint, filter, action, children, aside, className }: RecordsPageProps) {
  return (
    <div className={`records ${className ?? ''}`}>
      <div className="recordsmain scroll">
        <header className="recordshead">
          <h1>{title}</h1>
          <span className="dim recordshint">{hint}</span>
          <span className="grow" />
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
  /** Icon buttons of the head. */
  actions?: ReactNode;
  children: ReactNode;
  /** Buttons, the primary one last. */
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
  children,
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
        <IconButton icon="codicon:close" label="Close" onClick={onClose} />
      </div>
      <div className="recordfields scroll">{children}</div>
      {foot && <div className="recordfoot">{foot}</div>}
    </form>
  );
}
