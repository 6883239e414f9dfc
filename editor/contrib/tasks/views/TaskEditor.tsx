import './taskEditor.css';
import { useState } from 'react';
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
import { TextArea } from '../../../ui/TextArea.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import { VersionedEditor } from '../../../workbench/VersionedEditor.tsx';
import { isObject, withKeyword } from '../schema.ts';
import { fieldCount, type TaskDocument } from '../taskDocument.ts';
import { taskSides } from '../taskSides.ts';
import type { TaskUsers } from '../taskUsers.ts';
import { FieldList } from './FieldList.tsx';
import { ImportSchema } from './ImportSchema.tsx';
import { prepareTaskJson } from './taskJson.ts';

/** A task as cards and as JSON: two views of one document. */
export function TaskEditor({ document, users }: DocumentProps<TaskDocument> & { users: TaskUsers }) {
  const { commands } = document.platform;
  return (
    <VersionedEditor
      document={document}
      icon={<Icon name="task" />}
      actions={
        <>
          <Assigned document={document} users={users} />
          {commands.enabled('tasks.assign') && (
            <Button size="sm" icon="agent" onClick={() => void commands.run('tasks.assign')}>
              Assign…
            </Button>
          )}
        </>
      }
      sides={taskSides}
      first={<Cards document={document} />}
      second={<JsonSide document={document} />}
      share="42%"
      min={[280, 200]}
    />
  );
}

/** What publishing leaves as it is: jobs of agents are checked by the version they were given. */
function Assigned({ document, users }: { document: TaskDocument; users: TaskUsers }) {
  const { task, agents } = useReadable(users);
  if (task?.id !== document.resource.id || !agents?.length) return null;
  const versions = agents.map((one) => one.task.version);
  const [least, most] = [Math.min(...versions), Math.max(...versions)];
  const who = agents.length === 1 ? '1 agent' : `${agents.length} agents`;
  const words = `Assigned to ${who}: runs keep v${least}${most > least ? ` to v${most}` : ''}`;
  return (
    <span className="dim sm ellipsis note" title={words}>
      {words}
    </span>
  );
}

function Cards({ document }: { document: TaskDocument }) {
  const { reading, side, unreadable, problems } = useStore(document.view);
  const content = reading.value;
  const description = isObject(content) ? content.description : undefined;
  const schema = isObject(content) ? content[side] : undefined;
  const problemOf = (path: string) => problems.find((problem) => pathKey(problem.path) === path)?.message;
  const sideProblem = problemOf(pathKey([side]));
  const [importing, setImporting] = useState(false);
  const what = side === 'requestSchema' ? 'request' : 'response';
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
          <Button size="sm" icon="codicon:cloud-upload" onClick={() => setImporting(true)}>
            Import…
          </Button>
        </div>
        {importing && (
          <ImportSchema
            what={what}
            onClose={() => setImporting(false)}
            onImport={(imported) => {
              setImporting(false);
              document.select(undefined);
              document.change([], `import ${side}`, (task) => withKeyword(task, side, imported));
            }}
          />
        )}
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
