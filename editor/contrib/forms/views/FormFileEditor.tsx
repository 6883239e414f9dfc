import './forms.css';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { FileText } from '../../../workbench/FileText.tsx';
import { VersionedEditor } from '../../../workbench/VersionedEditor.tsx';
import type { FormDocument } from '../formDocument.ts';
import { formSides } from '../formSides.ts';

/** A form as it looks, with its palette, and as JSON: two views of one document. */
export function FormFileEditor({ document }: DocumentProps<FormDocument>) {
  return (
    <VersionedEditor
      document={document}
      icon={<Icon name="form" kind="human" />}
      sides={formSides}
      first={<Drawn document={document} />}
      second={<FileText document={document} language="json" label="JSON of the form" />}
      share="40%"
      min={[360, 240]}
    />
  );
}

function Drawn({ document }: { document: FormDocument }) {
  const unreadable = useStore(document.view, (view) => view.unreadable);
  const undrawn = useStore(document.drawn, (drawn) => drawn.undrawn);
  return (
    <div className="formside">
      {unreadable && (
        <Callout tone="error">
          Line {unreadable.line}: {unreadable.message} The form waits until the JSON can be read.
        </Callout>
      )}
      {!unreadable && undrawn && <Callout tone="error">{undrawn}</Callout>}
      <Hosted element={document.canvas.element} inert={unreadable !== undefined || !document.writable} />
    </div>
  );
}

/** Takes an element in while it is on show. */
export function Hosted({ element, inert }: { element: HTMLElement; inert: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = host.current!;
    place.append(element);
    return () => {
      if (element.parentElement === place) element.remove();
    };
  }, [element]);
  return <div className="hosted" ref={host} inert={inert} />;
}
