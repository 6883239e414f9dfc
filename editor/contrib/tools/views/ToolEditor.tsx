import './tools.css';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { loadMonaco } from '../../../platform/monaco.ts';
import { Button } from '../../../ui/Button.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Input } from '../../../ui/Input.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { VersionedEditor } from '../../../workbench/VersionedEditor.tsx';
import type { ToolDocument } from '../toolDocument.ts';
import type { DraftField } from '../toolDraft.ts';
import { toolSides } from '../toolSides.ts';
import { toolTypesOf } from '../toolTypes.ts';
import { ToolAccessView } from './ToolAccess.tsx';
import { prepareToolSource, showToolTypes, typeProblems } from './toolSource.ts';

/** A tool: its source, and beside it what its callers are told. */
export function ToolEditor({ document }: DocumentProps<ToolDocument>) {
  const { commands } = document.platform;
  return (
    <VersionedEditor
      document={document}
      icon={<Icon name="tool" />}
      actions={
        commands.enabled('tools.run') && (
          <Button size="sm" icon="run" onClick={() => void commands.run('tools.run')}>
            Run
          </Button>
        )
      }
      sides={toolSides}
      first={<Source document={document} />}
      second={<Definition document={document} />}
      share="40%"
      min={[240, 220]}
    />
  );
}

function Source({ document }: { document: ToolDocument }) {
  const { themes } = document.platform;
  const source = useStore(document.view, (view) => view.draft.source);
  const place = useStore(document.view, (view) => view.place);
  const path = `baton:/${document.resource.id}.tool.ts`;
  const host = useRef<HTMLDivElement>(null);
  const declarations = useStore(document.view, ({ draft }) => toolTypesOf(draft));
  useEffect(() => void showToolTypes(declarations), [declarations]);
  useEffect(() => {
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
  }, [document, themes, path]);
  useEffect(() => {
    if (!place) return;
    void loadMonaco(themes).then((monaco) => {
      const editor = monaco.editor.getEditors().find((one) => host.current?.contains(one.getDomNode()));
      editor?.setPosition({ lineNumber: place.line, column: place.column });
      editor?.revealLineInCenterIfOutsideViewport(place.line);
      editor?.focus();
    });
  }, [place, themes]);
  return (
    <div className="toolsource" ref={host} data-autofocus>
      <CodeEditor
        themes={themes}
        language="typescript"
        label="Source of the tool"
        path={path}
        value={source}
        readOnly={!document.writable}
        onChange={(text) => document.change('source', text)}
        prepare={() => void prepareToolSource()}
      />
    </div>
  );
}

function Definition({ document }: { document: ToolDocument }) {
  const { draft, side, problems } = useStore(document.view);
  const problemOf = (field: DraftField) => problems.find((problem) => problem.field === field)?.message;
  const limit = (field: 'timeout' | 'memory', label: string, note: string) => (
    <Field label={label} note={note} error={problemOf(field)}>
      {({ invalid, ...control }) => (
        <Input
          {...control}
          small
          inputMode="decimal"
          invalid={invalid}
          readOnly={!document.writable}
          value={draft[field]}
          onChange={(event) => document.change(field, event.currentTarget.value)}
        />
      )}
    </Field>
  );
  return (
    <div className="tooldefinition scroll">
      <Field
        label="Description"
        hint="A model reads it to decide whether to call the tool."
        error={problemOf('description')}
      >
        {({ invalid, ...control }) => (
          <TextArea
            {...control}
            rows={2}
            invalid={invalid}
            readOnly={!document.writable}
            value={draft.description}
            onChange={(event) => document.change('description', event.currentTarget.value)}
          />
        )}
      </Field>
      <div className="toolsideline">
        <Segmented
          label="Schema"
          value={side}
          options={[
            { value: 'input', title: 'Input' },
            { value: 'output', title: 'Output' },
          ]}
          onChange={document.showSide}
        />
        <span className="grow" />
        <span className="dim sm">JSON Schema 2020-12</span>
      </div>
      <div className="toolschema">
        <CodeEditor
          key={side}
          themes={document.platform.themes}
          language="json"
          label={side === 'input' ? 'Input schema' : 'Output schema'}
          path={`baton:/${document.resource.id}.${side}.json`}
          value={draft[side]}
          readOnly={!document.writable}
          lineNumbers={false}
          onChange={(text) => document.change(side, text)}
        />
      </div>
      {problemOf(side) && (
        <p className="toolproblem" role="alert">
          <Icon name="codicon:error" size={14} />
          {problemOf(side)}
        </p>
      )}
      <ToolAccessView document={document} />
      <div className="toollimits">
        {limit('timeout', 'Timeout', 's')}
        {limit('memory', 'Memory', 'MB')}
      </div>
    </div>
  );
}
