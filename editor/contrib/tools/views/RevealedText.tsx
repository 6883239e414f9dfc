import { type ReactNode, useEffect, useRef } from 'react';
import { loadMonaco, type Monaco } from '../../../platform/monaco.ts';
import type { Themes } from '../../../platform/theme.ts';
import type { ToolView } from '../toolDocument.ts';
import type { DraftField } from '../toolDraft.ts';

/** A code editor that goes to the place to be looked at, if it is one of its field, and says where its caret is. */
export function RevealedText({
  className,
  field,
  place,
  themes,
  onCaret,
  children,
}: {
  className: string;
  field: DraftField;
  place: ToolView['place'];
  themes: Themes;
  onCaret?(field: DraftField, line: number, column: number): void;
  children: ReactNode;
}) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place || place.field !== field) return;
    const { line = 1, column } = place;
    void loadMonaco(themes).then((monaco) => {
      const editor = editorIn(monaco, host.current);
      editor?.setPosition({ lineNumber: line, column });
      editor?.revealLineInCenterIfOutsideViewport(line);
      editor?.focus();
    });
  }, [place, field, themes]);
  const tellCaret = () => {
    if (!onCaret) return;
    void loadMonaco(themes).then((monaco) => {
      const at = editorIn(monaco, host.current)?.getPosition();
      if (at) onCaret(field, at.lineNumber, at.column);
    });
  };
  return (
    <div className={className} ref={host} onKeyUpCapture={tellCaret} onPointerUpCapture={tellCaret}>
      {children}
    </div>
  );
}

function editorIn(monaco: Monaco, host: HTMLElement | null) {
  return monaco.editor.getEditors().find((one) => host?.contains(one.getDomNode()));
}
