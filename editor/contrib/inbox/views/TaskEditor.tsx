import './inbox.css';
import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Avatar, KindBadge, StatePill } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { type FormField, readJsonText, readValues } from '../../../ui/schemaForm.ts';
import { TextArea } from '../../../ui/TextArea.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { questionTitle } from '../question.ts';
import type { TaskDocument, TaskView } from '../taskDocument.ts';
import { completing, QuestionForm } from './QuestionForm.tsx';

const FormView = lazy(() =>
  import('../../../ui/FormView.tsx').then((module) => ({ default: module.FormView })),
);

/** One task of a person: what it is about, the answer, and `Complete`. */
export function TaskEditor({ document }: DocumentProps<TaskDocument>) {
  const { platform } = document;
  const { task, form, filledIn, question, run, known, decision, fields, values, mode, json, tried, busy } =
    useStore(document.view);
  const me = platform.me.user.username;
  const open = task.state === 'CREATED';
  const mine = task.assignee === me;
  const may = platform.me.permissions.includes('userTasks:complete');
  const typed = readValues(fields, values);
  const parsed = readJsonText(json || '{}');
  const facts = Object.entries(known);
  const nameOfField = (field: FormField) => ({
    ...field,
    title: field.title === field.name ? field.name : field.title,
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the fields take the focus, this only listens for the key that completes
    <div
      className="taskeditor"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void document.complete();
      }}
    >
      <div className="scroll grow">
        <div className="taskpage">
          <header className="taskhead">
            <KindBadge kind="human" large />
            <div className="grow">
              <h1 className="ellipsis">{question ? questionTitle(question) : task.name || task.elementId}</h1>
              <div className="dim sm">
                {run.name}
                {task.candidateGroups.length > 0 && ` · ${task.candidateGroups.join(', ')}`} ·{' '}
                <span title={exactTime(task.createdAt)}>
                  asked {relativeTime(task.createdAt, platform.clock.now())}
                </span>
              </div>
            </div>
            {!open && <StatePill state={task.state === 'COMPLETED' ? 'completed' : 'cancelled'} />}
            {open && task.assignee && (
              <span className="hstack">
                <Avatar initials={task.assignee.slice(0, 2).toUpperCase()} />
                {mine ? 'Assigned to you' : `Assigned to ${task.assignee}`}
              </span>
            )}
            {open && may && (
              <Button
                look={mine ? 'ghost' : 'secondary'}
                busy={busy === 'assigning'}
                onClick={() => void document.assign(mine ? '' : me)}
              >
                {mine ? 'Give back' : 'Assign to me'}
              </Button>
            )}
          </header>
          {!open && (
            <Callout tone="info">
              This task is {task.state === 'COMPLETED' ? 'completed' : 'no longer needed'}; nothing more can
              be sent.
            </Callout>
          )}
          {open && question && <QuestionForm document={document} question={question} />}
          {open && !question && (
            <section className="taskform" aria-label="Answer">
              <div className="taskformhead">
                <h2>Answer</h2>
                <Segmented
                  label={form ? 'Form or JSON' : 'Fields or JSON'}
                  value={mode}
                  options={[
                    { value: 'fields', title: form ? 'Form' : 'Fields' },
                    { value: 'json', title: 'JSON' },
                  ]}
                  onChange={(next) =>
                    document.change(
                      next === 'json'
                        ? {
                            mode: next,
                            json: JSON.stringify(
                              form ? changedIn(filledIn, task.variables) : typed.variables,
                              null,
                              2,
                            ),
                          }
                        : { mode: next },
                    )
                  }
                />
              </div>
              {mode === 'fields' && form ? (
                <Suspense fallback={<Skeleton lines={6} />}>
                  <FormView
                    schema={form.schema}
                    data={{ ...task.variables, ...filledIn }}
                    readOnly={!may}
                    onChange={(data) => document.change({ filledIn: data as typeof filledIn })}
                    shown={document.formShown}
                  />
                </Suspense>
              ) : mode === 'fields' ? (
                <>
                  <SchemaForm
                    fields={fields.map(nameOfField)}
                    values={values}
                    disabled={!may}
                    errors={tried ? typed.errors : {}}
                    onChange={(next) => document.change({ values: next })}
                  />
                  {may && <AddField document={document} />}
                </>
              ) : (
                <Field label="Variables" note="JSON" error={'error' in parsed ? parsed.error : undefined}>
                  {(control) => (
                    <TextArea
                      {...control}
                      mono
                      rows={10}
                      spellCheck={false}
                      disabled={!may}
                      value={json}
                      onChange={(event) => document.change({ json: event.target.value })}
                    />
                  )}
                </Field>
              )}
            </section>
          )}
          <section aria-label="What is known">
            <h2>What is known</h2>
            <dl className="taskvariables">
              {facts.map(([name, value]) => (
                <div key={name}>
                  <dt className="mono">{name}</dt>
                  <dd>
                    {typeof value === 'string' ? (
                      <p className="answer">{value}</p>
                    ) : (
                      <JsonView value={value} />
                    )}
                  </dd>
                </div>
              ))}
              {facts.length === 0 && (
                <div className="dim">
                  {question ? 'Nothing beside the question.' : 'The run has no variables yet.'}
                </div>
              )}
            </dl>
          </section>
        </div>
      </div>
      {open && may && (
        <footer className="taskfoot">
          {platform.documentKinds.get('run') && (
            <Button
              look="ghost"
              onClick={() => void platform.editors.open({ kind: 'run', id: run.key, name: run.name })}
            >
              Show run
            </Button>
          )}
          <span className="grow" />
          <Button
            look="primary"
            icon="codicon:check"
            busy={busy === 'completing'}
            onClick={() => void document.complete()}
          >
            {question ? completing(question, decision) : 'Complete'}
          </Button>
          <KeyHint keys={[['Ctrl', '↵']]} />
        </footer>
      )}
    </div>
  );
}

/** What was filled in beside what the form began with. */
function changedIn(filledIn: TaskView['filledIn'], before: TaskView['filledIn']): TaskView['filledIn'] {
  return Object.fromEntries(
    Object.entries(filledIn).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}

const types: readonly { value: FormField['type']; title: string }[] = [
  { value: 'text', title: 'Text' },
  { value: 'number', title: 'Number' },
  { value: 'boolean', title: 'Yes or no' },
  { value: 'json', title: 'JSON' },
];

function AddField({ document }: { document: TaskDocument }) {
  const [name, setName] = useState('');
  const [type, setType] = useState<FormField['type']>('text');
  const [error, setError] = useState<string>();
  const add = () => {
    const refused = document.addField(name.trim(), type);
    setError(refused);
    if (!refused) setName('');
  };
  return (
    <div className="addfield">
      <Field label={<span className="sr">Name of another variable</span>} error={error}>
        {({ invalid, ...control }) => (
          <Input
            {...control}
            small
            mono
            invalid={invalid}
            placeholder="Another variable"
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && add()}
          />
        )}
      </Field>
      <Select
        small
        aria-label="Type"
        value={type}
        options={types}
        onChange={(event) => setType(event.target.value as FormField['type'])}
      />
      <IconButton icon="codicon:add" label="Add variable" onClick={add} />
    </div>
  );
}
