import { type ReactNode, useState } from 'react';
import { Icon } from '../../../../ui/Icon.tsx';

export interface GroupProps {
  title: string;
  /** Something is set (blue) or wrong (red) inside. */
  mark?: 'set' | 'error' | undefined;
  /** At the right of the head: an add button, a summary. */
  action?: ReactNode;
  open?: boolean;
  children: ReactNode;
}

export function Group({ title, mark, action, open: opened = true, children }: GroupProps) {
  const [open, setOpen] = useState(opened);
  return (
    <section className="group" aria-label={title}>
      <div className="grouphead">
        <button type="button" className="grouptoggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'codicon:chevron-down' : 'codicon:chevron-right'} size={14} />
          <span className="grow">{title}</span>
        </button>
        {mark && (
          <span
            className={`mark${mark === 'error' ? ' err' : ''}`}
            title={mark === 'error' ? 'Has a problem' : 'Set'}
          />
        )}
        {action}
      </div>
      {open && <div className="groupbody">{children}</div>}
    </section>
  );
}
