import './taskEditor.css';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { pathKey } from '../../../platform/contentPath.ts';
import type { DocumentProps } from '../../../platform/documents.ts';
import { marksOf } from '../../../platform/textDocument.ts';
import { CountBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { SplitView } from '../../../ui/SplitView.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import { isObject, withKeyword } from '../schema.ts';
import { fieldCount, type TaskDocument } from '../taskDocument.ts';
import { FieldList } from './FieldCards.tsx';
import { prepareTaskJson } from './taskJson.ts';

/** A task as cards and as JSON: two views of one document. */
export function TaskEditor({ document }: DocumentProps<TaskDocument>) {
  const mode = useStore(document.view, (view) => view.mode);
  // The text editor has an undo of its own; a task has one for both sides.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const again = key === 'y' || (key === 'z' && event.shiftKey);
    if (key !== 'z' && !again) return;
    event.preventDefault();
    event.stopPropagation();
    if (again) document.redo();
    else document.undo();
  };
  return (
    <div className="taskeditor" onKeyDownCapture={onKeyDownCapture}>
      <TaskHead document={document} />
      <div className="tasksides">
        <SplitView
          direction="horizontal"
          panes={[
            {
              id: 'cards',
              visible: mode !== 'json',
              min: 280,
              content: <Cards document={document} />,
            },
            {
              id: 'json',
              visible: mode !== 'cards',
              ...(mode === 'both' && { size: '42%' as const }),
              min: 200,
              content: mode !== 'cards' && <JsonSide document={document} />,
            },
          ]}
        />
      </div>
    </div>
  );
}

function TaskHead({ document }: { document: TaskDocument }) {
  const task = useStore(document.view, (view) => view.saved);
  const problems = useStore(document.view, (view) => view.problems.length + (view.unreadable ? 1 : 0));
  const { dirty, status } = useReadable(document.state);
  return (
    <header className="dochead">
      <Icon name="task" />
      <h1 className="ellipsis">{task.name}</h1>
      {status && <span className="chip outline">{status}</span>}
      {problems > 0 && (
        <button
          type="button"
          className="taskproblems"
          onClick={() => document.platform.layout.showPanel('problems')}
        >
          <Icon name="codicon:error" size={14} />
          {problems === 1 ? '1 problem' : `${problems} problems`}
        </button>
      )}
      <span className="grow" />
      {document.writable ? (
        <Button
          size="sm"
          look="primary"
          disabled={!dirty}
          onClick={() => void document.platform.editors.save(document)}
        >
          Save
        </Button>
      ) : (
        <span className="dim sm">Read-only: your roles do not give tasks:write</span>
      )}
    </header>
  );
}

function Cards({ document }: { document: TaskDocument }) {
  const { reading, side, unreadable, problems } = useStore(document.view);
  const content = reading.value;
  const description = isObject(content) ? content.description : undefined;
  const schema = isObject(content) ? content[side] : undefined;
  const problemOf = (path: string) => problems.find((problem) => pathKey(problem.path) === path)?.message;
  const sideProblem = problemOf(pathKey([side]));
  return (
    <div className="taskcards scroll">
      {unreadable && (
        <Callout tone="error">
          Line {unreadable.line}: {unreadable.message} The cards wait until the JSON can be read.
        </Callout>
      )}
      <fieldset disabled={unreadable !== undefined || !document.writable}>
        <Field
          label="Description"
          hint="The model reads this sentence before the message."
          error={problemOf('/description')}
        >
          {({ invalid, ...control }) => (
            <TextArea
              {...control}
              rows={2}
              invalid={invalid}
              data-autofocus
              value={typeof description === 'string' ? description : ''}
              onChange={(event) => {
                const text = event.currentTarget.value;
                document.change([], 'description', (task) => ({ ...task, description: text }));
              }}
            />
          )}
        </Field>
        <div className="tasksideline">
          <Segmented
            label="Schema"
            value={side}
            options={(['requestSchema', 'responseSchema'] as const).map((value) => ({
              value,
              title: (
                <>
                  {value === 'requestSchema' ? 'Request' : 'Response'}
                  <CountBadge count={fieldCount(content, value)} />
                </>
              ),
            }))}
            onChange={document.showSide}
          />
          <span className="grow" />
          <span className="dim sm">JSON Schema 2020-12</span>
        </div>
        {sideProblem && <Callout tone="error">{sideProblem}</Callout>}
        {schema === undefined ? (
          <button
            type="button"
            className="addrow"
            onClick={() =>
              document.change([], side, (task) => withKeyword(task, side, { type: 'object', properties: {} }))
            }
          >
            <Icon name="codicon:add" />
            {side === 'requestSchema' ? 'Say what goes in' : 'Say what must come back'}
          </button>
        ) : (
          isObject(schema) && (
            <FieldList key={side} document={document} path={[side]} schema={schema} addLabel="Add a field" />
          )
        )}
      </fieldset>
    </div>
  );
}

function JsonSide({ document }: { document: TaskDocument }) {
  const view = useStore(document.view);
  const { draft, selected, reading } = view;
  return (
    <CodeEditor
      themes={document.platform.themes}
      language="json"
      label="Task as JSON"
      path={`baton:/${document.resource.id}.task.json`}
      value={draft}
      readOnly={!document.writable}
      onChange={document.type}
      // What cannot be read is marked by the language itself; these are the findings it does not know.
      marks={marksOf(view)}
      highlight={selected && reading.places.get(pathKey(selected))}
      prepare={() => void prepareTaskJson()}
    />
  );
}

/** `Cards | Both | JSON` in the tab bar. */
export function TaskHeadActions({ document }: DocumentProps<TaskDocument>) {
  const mode = useStore(document.view, (view) => view.mode);
  return (
    <Segmented
      label="Show"
      value={mode}
      options={[
        { value: 'cards', title: 'Cards' },
        { value: 'both', title: 'Both' },
        { value: 'json', title: 'JSON' },
      ]}
      onChange={document.showMode}
    />
  );
}
