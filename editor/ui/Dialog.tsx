import './Dialog.css';
import { type ReactNode, useContext, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { Button } from './Button.tsx';
import { Shown } from './shown.ts';

export interface DialogProps {
  title: string;
  children: ReactNode;
  /** Buttons behind Cancel, the primary one last. */
  actions: ReactNode;
  /** A button at the other edge. */
  aside?: ReactNode;
  /** Esc and Cancel. */
  onClose(): void;
  wide?: boolean;
}

/** Modal: the focus stays inside, Esc closes, and afterwards the focus is where it was. */
export function Dialog(props: DialogProps) {
  return useContext(Shown) && <OpenDialog {...props} />;
}

function OpenDialog({ title, children, actions, aside, onClose, wide }: DialogProps) {
  const box = useRef<HTMLDivElement>(null);
  // With the picture, not after it: what asks for an Enter takes one at once.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const find = (selector: string) => box.current?.querySelector<HTMLElement>(selector);
    const first = find('[data-autofocus]') ?? find('input, textarea, select, .btn.primary');
    (first ?? box.current)?.focus();
    return () => before?.focus();
  }, []);
  return createPortal(
    <div className="scrim">
      <div
        ref={box}
        className={wide ? 'dialog wide' : 'dialog'}
        role="dialog"
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') onClose();
          if (event.key !== 'Tab') return;
          const stops = [
            ...box.current!.querySelectorAll<HTMLElement>(
              'button, input, textarea, select, a, [tabindex="0"]',
            ),
          ];
          const edge = event.shiftKey ? stops[0] : stops.at(-1);
          if (document.activeElement !== edge) return;
          event.preventDefault();
          (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
        }}
      >
        <h1>{title}</h1>
        <div className="dialogbody">{children}</div>
        <div className="dialogactions">
          {aside && (
            <>
              {aside}
              <span className="grow" />
            </>
          )}
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
          {actions}
        </div>
      </div>
    </div>,
    document.body,
  );
}
