import './CodeEditor.css';
import { useEffect, useRef, useState } from 'react';
import { loadMonaco, type Monaco, type MonacoEditor } from '../platform/monaco.ts';
import type { Themes } from '../platform/theme.ts';
import { borrowModel } from './codeModels.ts';
import { fitEditor } from './fitEditor.ts';
import { refuseLargePaste } from './largePaste.ts';
import { Skeleton } from './Skeleton.tsx';

export interface CodeMark {
  /** 1-based. */
  line: number;
  column?: number | undefined;
  message: string;
  severity: 'error' | 'warning' | 'info';
}

export interface CodeEditorProps {
  themes: Themes;
  language: 'xml' | 'typescript' | 'json' | 'yaml' | 'markdown' | 'feel';
  label: string;
  value: string;
  onChange?(value: string): void;
  readOnly?: boolean;
  marks?: readonly CodeMark[];
  lineNumbers?: boolean;
  /** Takes the focus when it is shown. */
  autoFocus?: boolean;
  /** Lines that belong to what is selected beside the text; scrolled into sight when they change. 1-based. */
  highlight?: { line: number; endLine: number } | undefined;
  /** Called once before the first model is made: types for completion, schemas. */
  prepare?(monaco: Monaco): void;
  /** Like a file name; what `prepare` sets up may depend on it. */
  path?: string;
}

/** A Monaco editor of one text. What comes in from outside is merged as an edit, so that undo goes on. */
export function CodeEditor(props: CodeEditorProps) {
  const {
    themes,
    language,
    label,
    value,
    readOnly = false,
    marks,
    lineNumbers = true,
    path,
    highlight,
  } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<{ code: MonacoEditor.IStandaloneCodeEditor; monaco: Monaco }>(undefined);
  const latest = useRef(props);
  latest.current = props;
  /** What the model says, since it changed last: long texts are not put together to be compared with themselves. */
  const typed = useRef<string>(undefined);
  const [ready, setReady] = useState(false);

  useEffect(() => {
    let gone = false;
    let dispose = () => {};
    void loadMonaco(themes).then((monaco) => {
      if (gone) return;
      latest.current.prepare?.(monaco);
      const borrowed = borrowModel(monaco, latest.current.value, language, path);
      typed.current = undefined;
      const { model } = borrowed;
      const style = getComputedStyle(host.current!);
      const code = monaco.editor.create(host.current!, {
        model,
        readOnly,
        ariaLabel: label,
        fixedOverflowWidgets: true,
        renderFinalNewline: 'on',
        fontFamily: style.getPropertyValue('--vscode-editor-font-family'),
        fontSize: 12,
        lineHeight: 18,
        lineNumbers: lineNumbers ? 'on' : 'off',
        ...(!lineNumbers && {
          glyphMargin: false,
          folding: false,
          lineDecorationsWidth: 8,
          lineNumbersMinChars: 0,
        }),
        minimap: { enabled: false },
        padding: { top: 8, bottom: 8 },
        scrollBeyondLastLine: false,
        stickyScroll: { maxLineCount: 2 },
        tabSize: 2,
        // Texts have quotes and dashes of every language; in code they may pretend to be others.
        ...(language === 'yaml' && { unicodeHighlight: { ambiguousCharacters: false } }),
        // Names and values of YAML are strings to its grammar; what is known of them is worth more than words of the text.
        ...((language === 'yaml' || language === 'feel') && {
          quickSuggestions: { other: true, strings: true, comments: false },
          wordBasedSuggestions: 'off' as const,
        }),
        wordWrap: language === 'xml' ? 'off' : 'on',
        renderLineHighlight: lineNumbers ? 'line' : 'none',
      });
      const change = model.onDidChangeContent(() => {
        const text = model.getValue();
        typed.current = text;
        if (text !== latest.current.value) latest.current.onChange?.(text);
      });
      const refusing = refuseLargePaste(host.current!, code);
      const fitting = fitEditor(host.current!, code);
      editor.current = { code, monaco };
      setReady(true);
      if (latest.current.autoFocus) code.focus();
      dispose = () => {
        change.dispose();
        refusing.dispose();
        fitting.dispose();
        code.dispose();
        borrowed.dispose();
        editor.current = undefined;
      };
    });
    return () => {
      gone = true;
      dispose();
    };
  }, [themes, language, label, readOnly, lineNumbers, path]);

  useEffect(() => {
    const model = editor.current?.code.getModel();
    if (!ready || !model || typed.current === value || model.getValue() === value) return;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
  }, [value, ready]);

  useEffect(() => {
    const model = editor.current?.code.getModel();
    if (!ready || !model) return;
    const { monaco } = editor.current!;
    const severities = {
      error: monaco.MarkerSeverity.Error,
      warning: monaco.MarkerSeverity.Warning,
      info: monaco.MarkerSeverity.Info,
    };
    monaco.editor.setModelMarkers(
      model,
      'baton',
      (marks ?? []).map((mark) => {
        const line = Math.min(Math.max(1, mark.line), model.getLineCount());
        const column = mark.column ?? model.getLineFirstNonWhitespaceColumn(line);
        const word = model.getWordAtPosition({ lineNumber: line, column: Math.max(1, column) });
        return {
          severity: severities[mark.severity],
          message: mark.message,
          startLineNumber: line,
          endLineNumber: line,
          startColumn: Math.max(1, column),
          endColumn: word?.endColumn ?? model.getLineMaxColumn(line),
        };
      }),
    );
  }, [marks, ready]);

  const from = highlight?.line;
  const to = highlight?.endLine;
  useEffect(() => {
    if (!ready || from === undefined || to === undefined) return;
    const { code, monaco } = editor.current!;
    const marked = code.createDecorationsCollection([
      { range: new monaco.Range(from, 1, to, 1), options: { isWholeLine: true, className: 'codehighlight' } },
    ]);
    if (!code.hasTextFocus()) code.revealLinesInCenterIfOutsideViewport(from, to);
    return () => marked.clear();
  }, [from, to, ready]);

  return (
    <div className="codeeditor">
      {!ready && <Skeleton lines={6} />}
      <div ref={host} className="codehost" />
    </div>
  );
}
