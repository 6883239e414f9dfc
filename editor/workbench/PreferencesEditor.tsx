import type { DocumentProps } from '../platform/documents.ts';
import type { PreferencesText } from '../platform/preferencesText.ts';
import { CodeEditor } from '../ui/CodeEditor.tsx';
import { usePlatform, useReadable } from './platformContext.ts';

/** Completion and hover for the text of settings or keys; called before its first model is made. */
export type PrepareText = () => Promise<void>;

/** Settings or keys as JSON, with what is wrong at its line. */
export function PreferencesEditor({
  document,
  label,
  path,
  prepare,
}: DocumentProps<PreferencesText> & { label: string; path: string; prepare: PrepareText }) {
  const { themes } = usePlatform();
  const { text, findings, shown } = useReadable(document.state);
  return (
    <CodeEditor
      themes={themes}
      language="json"
      label={label}
      path={path}
      prepare={() => void prepare()}
      value={text}
      onChange={document.edit}
      marks={findings}
      highlight={shown && { line: shown.line, endLine: shown.line }}
    />
  );
}
