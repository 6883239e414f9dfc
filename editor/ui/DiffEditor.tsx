import './DiffEditor.css';
import { useEffect, useRef, useState } from 'react';
import { loadMonaco, type MonacoEditor } from '../platform/monaco.ts';
import type { Themes } from '../platform/theme.ts';
import { fitEditor } from './fitEditor.ts';
import { Skeleton } from './Skeleton.tsx';

export interface DiffEditorProps {
  themes: Themes;
  language: string;
  original: { label: string; text: string };
  modified: { label: string; text: string };
  sideBySide: boolean;
  /** The modified side can be typed in; parts of the original are taken over by the arrows between the two. */
  onChange?(text: string): void;
  /** Lines that are the same on both sides are folded away. */
  fold?: boolean;
  /** How many places differ, once it is known. */
  onCounted?(changes: number): void;
}

/** Two texts against each other, in Monaco. F7 and Shift+F7 walk the changes. */
export function DiffEditor(props: DiffEditorProps) {
  const { themes, language, original, modified, sideBySide, onChange, fold = false } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<MonacoEditor.IStandaloneDiffEditor>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const [ready, setReady] = useState(false);
  const editable = onChange !== undefined;

  useEffect(() => {
    let gone = false;
    let dispose = () => {};
    void loadMonaco(themes).then((monaco) => {
      if (gone) return;
      const style = getComputedStyle(host.current!);
      const left = monaco.editor.createModel(latest.current.original.text, language);
      const right = monaco.editor.createModel(latest.current.modified.text, language);
      const diff = monaco.editor.createDiffEditor(host.current!, {
        originalEditable: false,
        readOnly: !editable,
        originalAriaLabel: latest.current.original.label,
        modifiedAriaLabel: latest.current.modified.label,
        fixedOverflowWidgets: true,
        fontFamily: style.getPropertyValue('--vscode-editor-font-family'),
        fontSize: 12,
        lineHeight: 18,
        minimap: { enabled: false },
        overviewRulerLanes: 0,
        renderOverviewRuler: false,
        padding: { top: 8, bottom: 8 },
        scrollBeyondLastLine: false,
        diffWordWrap: language === 'xml' ? 'off' : 'on',
        renderMarginRevertIcon: editable,
        renderGutterMenu: editable,
        hideUnchangedRegions: { enabled: fold, contextLineCount: 3, minimumLineCount: 3 },
        useInlineViewWhenSpaceIsLimited: false,
      });
      diff.setModel({ original: left, modified: right });
      const changed = right.onDidChangeContent(() => latest.current.onChange?.(right.getValue()));
      const counted = diff.onDidUpdateDiff(() =>
        latest.current.onCounted?.(diff.getLineChanges()?.length ?? 0),
      );
      const fitting = fitEditor(host.current!, diff);
      editor.current = diff;
      setReady(true);
      dispose = () => {
        changed.dispose();
        counted.dispose();
        fitting.dispose();
        diff.dispose();
        left.dispose();
        right.dispose();
        editor.current = undefined;
      };
    });
    return () => {
      gone = true;
      setReady(false);
      dispose();
    };
  }, [themes, language, editable, fold]);

  useEffect(() => {
    if (ready) editor.current?.updateOptions({ renderSideBySide: sideBySide });
  }, [sideBySide, ready]);

  useEffect(() => {
    const models = ready ? editor.current?.getModel() : undefined;
    if (models && models.original.getValue() !== original.text) models.original.setValue(original.text);
  }, [original.text, ready]);

  useEffect(() => {
    const models = ready ? editor.current?.getModel() : undefined;
    if (!models || models.modified.getValue() === modified.text) return;
    models.modified.pushEditOperations(
      [],
      [{ range: models.modified.getFullModelRange(), text: modified.text }],
      () => null,
    );
  }, [modified.text, ready]);

  return (
    <div className="diffeditor">
      {!ready && <Skeleton lines={6} />}
      <div ref={host} className="diffhost" />
    </div>
  );
}
