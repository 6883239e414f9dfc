import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Input } from '../../../ui/Input.tsx';
import { NamesInput } from '../../../ui/NamesInput.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { DraftProblem } from '../draftProblems.ts';
import type { ToolDocument } from '../toolDocument.ts';
import type { DraftField, NamesField } from '../toolDraft.ts';
import { RevealedText } from './RevealedText.tsx';
import { useDefinition } from './useDefinition.ts';
import { useKnownNames } from './useKnownNames.ts';

const approvals = [
  { value: 'never', title: 'No approval' },
  { value: 'always', title: 'Always ask a person' },
  { value: 'when', title: 'Ask a person when …' },
] as const;

/** What callers are told of a tool, what it asks for, and how it may be called. */
export function ToolDefinition({ document }: { document: ToolDocument }) {
  const draft = useDefinition(document);
  const problems = useStore(document.view, (view) => view.problems);
  const place = useStore(document.view, (view) => view.place);
  const known = useKnownNames(document.platform);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place || place.line !== undefined) return;
    const field = form.current?.querySelector<HTMLElement>(`[data-field="${place.field}"]`);
    field?.scrollIntoView({ block: 'nearest' });
    field?.querySelector<HTMLElement>('input, textarea, select')?.focus();
  }, [place]);

  const text = (
    field: 'approvalWhen' | 'timeout' | 'memory',
    label: string,
    more: { note?: string; hint?: string; placeholder?: string },
  ) => (
    <FieldAt field={field} label={label} note={more.note} hint={more.hint} problems={problems}>
      {({ invalid, ...control }) => (
        <Input
          {...control}
          small
          mono={field === 'approvalWhen'}
          inputMode={field === 'approvalWhen' ? 'text' : 'decimal'}
          invalid={invalid}
          placeholder={more.placeholder}
          readOnly={!document.writable}
          value={draft[field]}
          onChange={(event) => document.change(field, event.currentTarget.value)}
        />
      )}
    </FieldAt>
  );
  const names = (
    field: NamesField,
    label: string,
    what: string,
    more: { hint: string; placeholder: string; known?: readonly string[] | undefined; spaced?: boolean },
  ) => (
    <FieldAt field={field} label={label} hint={more.hint} problems={problems}>
      {(control) => (
        <NamesInput
          {...control}
          what={what}
          mono={field !== 'tags' && field !== 'models'}
          spaced={more.spaced ?? false}
          known={more.known}
          placeholder={more.placeholder}
          readOnly={!document.writable}
          names={draft[field]}
          wrong={draft[field].filter((name, at) => isWrong(problems, field, name, at))}
          onChange={(next) => document.change(field, next)}
        />
      )}
    </FieldAt>
  );
  const flag = (
    field: 'state' | 'files' | 'questions' | 'sideEffect' | 'egress',
    label: string,
    hint: string,
  ) => (
    <div className="field" data-field={field}>
      <Checkbox
        checked={draft[field]}
        disabled={!document.writable}
        onChange={(event) => document.change(field, event.currentTarget.checked)}
      >
        {label}
      </Checkbox>
      <div className="hint">{hint}</div>
    </div>
  );

  return (
    <div className="tooldefinition scroll" ref={form}>
      <FieldAt
        field="description"
        label="Description"
        hint="A model reads it to decide whether to call the tool."
        problems={problems}
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
      </FieldAt>
      {names('tags', 'Tags', 'tag', {
        hint: 'Words to find it by.',
        placeholder: 'billing, orders',
        spaced: true,
        known: known.tags,
      })}
      <Schemas document={document} />
      <h2>Capabilities</h2>
      {names('network', 'Hosts', 'host', {
        hint: 'Where it may send requests: context.fetch(…)',
        placeholder: 'api.example.com',
      })}
      {names('secrets', 'Secrets', 'secret', {
        hint: 'By name: context.secrets.get(…)',
        placeholder: 'SHOP_TOKEN',
        known: known.secrets,
      })}
      {names('connections', 'Connections', 'connection', {
        hint: 'Databases and mail: context.db, context.email',
        placeholder: 'shop-database',
        known: known.connections,
      })}
      {names('models', 'Models', 'provider', {
        hint: 'Providers whose models it asks: context.llm',
        placeholder: 'Name of a provider',
        known: known.providers,
        spaced: true,
      })}
      {flag('state', 'Keeps values', 'From one call to the next: context.state')}
      {flag('files', 'Files of the run', 'Texts that all steps of a run share: context.files')}
      {flag('questions', 'Asks people', 'The call waits for the answer: context.ask(…)')}
      <h2>Calls</h2>
      {flag(
        'sideEffect',
        'Has a side effect',
        'Calling it twice with the same input changes something twice.',
      )}
      {flag('egress', 'Sends data out', 'What it is given leaves our systems.')}
      <FieldAt
        field="approval"
        label="Approval"
        hint="Before an agent’s call is carried out."
        problems={problems}
      >
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            small
            options={approvals}
            disabled={!document.writable}
            value={draft.approval}
            onChange={(event) =>
              document.change('approval', event.currentTarget.value as (typeof approvals)[number]['value'])
            }
          />
        )}
      </FieldAt>
      {draft.approval === 'when' &&
        text('approvalWhen', 'When', { hint: 'FEEL over the arguments', placeholder: 'amount > 100' })}
      <div className="toollimits">
        {text('timeout', 'Timeout', { note: 's' })}
        {text('memory', 'Memory', { note: 'MB' })}
      </div>
    </div>
  );
}

type Control = { id: string; 'aria-describedby': string | undefined; invalid: boolean };

/** A field with what is wrong with it; what only should be looked at stands under it as well. */
function FieldAt({
  field,
  problems,
  label,
  note,
  hint,
  children,
}: {
  field: DraftField;
  problems: readonly DraftProblem[];
  label: string;
  note?: string | undefined;
  hint?: string | undefined;
  children(control: Control): React.ReactNode;
}) {
  const own = problems.filter((problem) => problem.field === field && problem.code !== 'NOT_GRANTED');
  return (
    <div data-field={field}>
      <Field
        label={label}
        note={note}
        hint={hint}
        error={own.find(({ severity }) => severity === 'error')?.message}
        warning={own.find(({ severity }) => severity === 'warning')?.message}
      >
        {children}
      </Field>
    </div>
  );
}

/** A problem is about one of several names when it stands at its place or says it. */
function isWrong(problems: readonly DraftProblem[], field: NamesField, name: string, at: number): boolean {
  return problems.some(
    (problem) =>
      problem.field === field &&
      problem.code !== 'NOT_GRANTED' &&
      (problem.path.at(-1) === String(at) || problem.message.includes(`'${name}'`)),
  );
}

/** What goes in and what comes out, one at a time. */
function Schemas({ document }: { document: ToolDocument }) {
  const side = useStore(document.view, (view) => view.side);
  const text = useStore(document.view, ({ draft }) => draft[side]);
  const problems = useStore(document.view, (view) => view.problems);
  const place = useStore(document.view, (view) => view.place);
  const { themes } = document.platform;
  const wrong = (of: 'input' | 'output') => problems.filter(({ field }) => field === of);
  const own = wrong(side);
  const marks = useMemo(
    () =>
      problems.flatMap(({ field, line, column, message, severity }) =>
        field === side && line !== undefined ? [{ line, column, message, severity }] : [],
      ),
    [problems, side],
  );
  const title = (of: 'input' | 'output', word: string) => (
    <>
      {word}
      {wrong(of).some(({ severity }) => severity === 'error') && <Icon name="codicon:error" size={12} />}
    </>
  );
  return (
    <>
      <div className="toolsideline">
        <Segmented
          label="Schema"
          value={side}
          options={[
            { value: 'input', title: title('input', 'Input') },
            { value: 'output', title: title('output', 'Output') },
          ]}
          onChange={document.showSide}
        />
        <span className="grow" />
        <span className="dim sm">JSON Schema 2020-12</span>
      </div>
      <RevealedText
        className="toolschema"
        field={side}
        place={place}
        themes={themes}
        onCaret={document.workAt}
      >
        <CodeEditor
          key={side}
          themes={themes}
          language="json"
          label={side === 'input' ? 'Input schema' : 'Output schema'}
          path={`baton:/${document.resource.id}.${side}.json`}
          value={text}
          marks={marks}
          readOnly={!document.writable}
          lineNumbers={false}
          onChange={(text) => document.change(side, text)}
        />
      </RevealedText>
      {own[0] && (
        <p className={own[0].severity === 'error' ? 'toolproblem' : 'toolproblem is-warning'} role="alert">
          <Icon name={own[0].severity === 'error' ? 'codicon:error' : 'codicon:warning'} size={14} />
          {own[0].message}
        </p>
      )}
    </>
  );
}
