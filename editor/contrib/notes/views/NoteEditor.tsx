import './note.css';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import type { FileDocument } from '../../../platform/fileDocument.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { FileText } from '../../../workbench/FileText.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import { VersionedEditor } from '../../../workbench/VersionedEditor.tsx';
import { htmlOf } from '../markdown.ts';
import { noteSides } from '../noteSides.ts';

/** A note as people read it and as it is written. */
export function NoteEditor({ document }: DocumentProps<FileDocument>) {
  return (
    <VersionedEditor
      document={document}
      icon={<Icon name="codicon:markdown" />}
      sides={noteSides}
      first={<Preview document={document} />}
      second={<FileText document={document} language="markdown" label="Markdown of the note" />}
      share="50%"
      min={[240, 240]}
    />
  );
}

function Preview({ document }: { document: FileDocument }) {
  const text = useStore(document.view, (view) => view.draft);
  const { documents, editors, notifications } = document.platform;
  const folders = useReadable(documents);
  const html = useMemo(() => htmlOf(text), [text]);
  const page = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is linked to exists or not as the lists say
  useEffect(() => {
    for (const link of page.current!.querySelectorAll<HTMLElement>('a[data-document]')) {
      const missing = !documents.ofFile(fileOf(link));
      link.classList.toggle('is-missing', missing);
      link.title = missing ? 'There is no such document' : 'Opens the document';
    }
  }, [html, folders, documents]);

  const follow = (event: MouseEvent | KeyboardEvent) => {
    const link = (event.target as Element).closest<HTMLElement>('a[data-document]');
    if (!link) return;
    event.preventDefault();
    const found = documents.ofFile(fileOf(link));
    if (found) void editors.open(found, { preview: true });
    else notifications.info(`Expected ${fileOf(link)} to be a document, but there is none of that name.`);
  };
  if (text.trim() === '')
    return (
      <EmptyState icon="codicon:markdown" title="An empty note">
        Markdown on the right is shown here. [Support triage](Support%20triage.bpmn) links to a document.
      </EmptyState>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links inside are what is pressed
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click
    <div className="notepage" tabIndex={0} onClick={follow}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: markdown-it escapes HTML and refuses links to scripts */}
      <article ref={page} dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  );
}

function fileOf(link: HTMLElement): string {
  const target = link.dataset.document ?? '';
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
