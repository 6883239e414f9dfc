import './tools.css';
import { useContext, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { loadMonaco } from '../../../platform/monaco.ts';
import { Button } from '../../../ui/Button.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Shown } from '../../../ui/shown.ts';
import { VersionedEditor } from '../../../workbench/VersionedEditor.tsx';
import type { ToolDocument } from '../toolDocument.ts';
import { toolSides } from '../toolSides.ts';
import { toolTypesOf } from '../toolTypes.ts';
import { RevealedText } from './RevealedText.tsx';
import { ToolDefinition } from './ToolDefinition.tsx';
import { prepareToolSource, showToolTypes, typeProblems } from './toolSource.ts';
import { useDefinition } from './useDefinition.ts';

/** A tool: its source, and beside it what its callers are told. */
export function ToolEditor({ document }: DocumentProps<ToolDocument>) {
  const { commands } = document.platform;
  return (
    <VersionedEditor
      document={document}
      icon={<Icon name="tool" />}
      actions={
        commands.enabled('tools.run') && (
          <Button size="sm" icon="run" className="toolrun" onClick={() => void commands.run('tools.run')}>
            Run
          </Button>
        )
      }
      sides={toolSides}
      first={<Source document={document} />}
      second={<ToolDefinition document={document} />}
      share="40%"
      min={[240, 220]}
    />
  );
}

function Source({ document }: { document: ToolDocument }) {
  const { themes } = document.platform;
  const place = useStore(document.view, (view) => view.place);
  const problems = useStore(document.view, (view) => view.problems);
  const path = `baton:/${document.resource.id}.tool.ts`;
  const source = useStore(document.view, (view) => view.draft.source);
  const definition = useDefinition(document);
  const typesOf = useMemo(() => toolTypesOf(definition), [definition]);
  const declarations = useMemo(() => typesOf(source), [typesOf, source]);
  // What the language service does not find itself is marked as the gateway tells it.
  const marks = useMemo(
    () =>
      problems.flatMap(({ field, line, column, message, severity }) =>
        field === 'source' && line !== undefined ? [{ line, column, message, severity }] : [],
      ),
    [problems],
  );
  // The language service knows the types of one tool at a time: what it says of one behind it is not about that one.
  const shown = useContext(Shown);
  useEffect(() => {
    if (shown) void showToolTypes(declarations);
  }, [declarations, shown]);
  useEffect(() => {
    if (!shown) return;
    let stop = () => {};
    let gone = false;
    void loadMonaco(themes).then((monaco) => {
      if (gone) return;
      const publish = () => document.setTypeProblems(typeProblems(monaco, path));
      const markers = monaco.editor.onDidChangeMarkers((changed) => {
        if (changed.some((uri) => uri.toString() === monaco.Uri.parse(path).toString())) publish();
      });
      stop = () => markers.dispose();
    });
    return () => {
      gone = true;
      stop();
    };
  }, [document, themes, path, shown]);
  return (
    <div className="toolsource" data-autofocus>
      <RevealedText
        className="toolsource"
        field="source"
        place={place}
        themes={themes}
        onCaret={document.workAt}
      >
        <CodeEditor
          themes={themes}
          language="typescript"
          label="Source of the tool"
          path={path}
          value={source}
          marks={marks}
          readOnly={!document.writable}
          onChange={(text) => document.change('source', text)}
          prepare={() => void prepareToolSource()}
        />
      </RevealedText>
    </div>
  );
}
