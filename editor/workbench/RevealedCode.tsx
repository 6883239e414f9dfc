import { type ReactNode, useEffect, useRef } from 'react';
import { loadMonaco } from '../platform/monaco.ts';
import type { TextView } from '../platform/textDocument.ts';
import type { Themes } from '../platform/theme.ts';

/** Around an editor of code: goes to the place of the text that is to be looked at. */
export function RevealedCode({
  className,
  place,
  themes,
  children,
}: {
  className: string;
  place: TextView['place'];
  themes: Themes;
  children: ReactNode;
}) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place) return;
    void loadMonaco(themes).then((monaco) => {
      const code = monaco.editor.getEditors().find((one) => host.current?.contains(one.getDomNode()));
      code?.setPosition({ lineNumber: place.line, column: place.column });
      code?.revealLineInCenterIfOutsideViewport(place.line);
      code?.focus();
    });
  }, [place, themes]);
  return (
    <div className={className} ref={host}>
      {children}
    </div>
  );
}
