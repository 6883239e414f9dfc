import './forms.css';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import type { FormDocument } from '../formDocument.ts';
import { Hosted } from './FormFileEditor.tsx';

/** The secondary side bar of a form: everything about the selected component. */
export function FormProperties({ document }: DocumentProps<FormDocument>) {
  const unreadable = useStore(document.view, (view) => view.unreadable);
  return (
    <Hosted element={document.canvas.properties} inert={unreadable !== undefined || !document.writable} />
  );
}
