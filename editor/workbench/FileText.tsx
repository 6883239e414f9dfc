import { useStore } from 'zustand';
import type { FileDocument } from '../platform/fileDocument.ts';
import { marksOf } from '../platform/textDocument.ts';
import { CodeEditor } from '../ui/CodeEditor.tsx';
import { RevealedCode } from './RevealedCode.tsx';

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
  const { kind, id } = document.resource;
  return (
    <RevealedCode className="versionedsides" place={place} themes={themes}>
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
    </RevealedCode>
  );
}
