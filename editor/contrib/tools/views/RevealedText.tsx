import { type ReactNode, useEffect, useRef } from 'react';
import { loadMonaco } from '../../../platform/monaco.ts';
import type { Themes } from '../../../platform/theme.ts';
import type { ToolView } from '../toolDocument.ts';
import type { DraftField } from '../toolDraft.ts';

/** A code editor that goes to the place to be looked at, if it is one of its field. */
export function RevealedText({
  className,
  field,
  place,
  themes,
  children,
}: {
  className: string;
  field: DraftField;
  place: ToolView['place'];
  themes: Themes;
  children: ReactNode;
}) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place || place.field !== field) return;
    const { line = 1, column } = place;
    void loadMonaco(themes).then((monaco) => {
      const editor = monaco.editor.getEditors().find((one) => host.current?.contains(one.getDomNode()));
      editor?.setPosition({ lineNumber: line, column });
      editor?.revealLineInCenterIfOutsideViewport(line);
      editor?.focus();
    });
  }, [place, field, themes]);
  return (
    <div className={className} ref={host}>
      {children}
    </div>
  );
}
