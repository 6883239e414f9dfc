import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { FileDocument } from '../platform/fileDocument.ts';
import { loadMonaco } from '../platform/monaco.ts';
import { marksOf } from '../platform/textDocument.ts';
import { CodeEditor } from '../ui/CodeEditor.tsx';

export interface FileTextProps {
  document: FileDocument;
  language: 'json' | 'xml' | 'markdown';
  label: string;
}

/** The text of a document that is one file, with what is wrong where it stands. */
export function FileText({ document, language, label }: FileTextProps) {
  const view = useStore(document.view);
  const { draft, unreadable, place } = view;
  const { themes } = document.platform;
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
  const { kind, id } = document.resource;
  return (
    <div className="versionedsides" ref={host}>
      <CodeEditor
        themes={themes}
        language={language}
        label={label}
        path={`baton:/${id}${document.versioned.ending || `.${kind}`}`}
        value={draft}
        readOnly={!document.writable}
        onChange={document.type}
        marks={unreadable ? [{ ...unreadable, severity: 'error' }] : marksOf(view)}
      />
    </div>
  );
}
