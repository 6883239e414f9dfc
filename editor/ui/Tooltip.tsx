import './Tooltip.css';
import { type ReactNode, useId, useState } from 'react';

/** More than a `title` can say: shown on hover and focus of what it stands around. */
export function Tooltip({ tip, children }: { tip: ReactNode; children: ReactNode }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control inside takes the focus, this only listens
    <span
      className="tipanchor"
      aria-describedby={open ? id : undefined}
      onMouseEnter={() => setOpen(true)}
      onMouseLeave={() => setOpen(false)}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      {children}
      {open && (
        <span className="tip" role="tooltip" id={id}>
          {tip}
        </span>
      )}
    </span>
  );
}
