import './Foldable.css';
import { type ReactNode, useId, useState } from 'react';
import { Icon } from './Icon.tsx';

export interface FoldableProps {
  title: ReactNode;
  /** At the right of the head: a state, a switch, a button. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of a side bar that can be folded away. */
export function Foldable({ title, aside, children }: FoldableProps) {
  const [open, setOpen] = useState(true);
  const id = useId();
  return (
    <section className="foldable">
      <div className="foldablehead">
        <h2>
          <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            <Icon name={open ? 'codicon:chevron-down' : 'codicon:chevron-right'} size={14} />
            {title}
          </button>
        </h2>
        <span className="grow" />
        {open && aside}
      </div>
      <div id={id} className="foldablebody" hidden={!open}>
        {children}
      </div>
    </section>
  );
}
