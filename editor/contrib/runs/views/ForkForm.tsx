import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Field } from '../../../ui/Field.tsx';
import { counted } from '../../../ui/figures.ts';
import { ModelInput, ProviderSelect } from '../../../ui/ModelChoice.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { ForkDocument } from '../forkDocument.ts';
import { readDraft, resultsBefore } from '../forkDraft.ts';
import type { Loop } from '../loops.ts';

/** Where the other way begins and what is otherwise on it. Ctrl+Enter runs it. */
export function ForkForm({ document }: { document: ForkDocument }) {
  const { recording, loops, platform } = document;
  const { draft, providers, running } = useStore(document.view);
  const { change, changed, unreadable } = readDraft(recording, draft);
  const before = resultsBefore(loops, draft.from);
  const mayRun = platform.me.permissions.includes('agents:run');
  return (
    <form
      className="forkform scroll"
      aria-label="What is otherwise"
      onSubmit={(event) => {
        event.preventDefault();
        void document.run();
      }}
    >
      <h1 className="ellipsis">
        Fork of {recording.agent.name}{' '}
        <span className="dim">{recording.agent.version > 0 ? `v${recording.agent.version}` : 'draft'}</span>
      </h1>
      <Field
        label="From"
        hint={
          draft.from > 1
            ? 'What is before it is taken from the record and costs nothing.'
            : 'Everything is done anew.'
        }
      >
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            value={String(draft.from)}
            options={loops.map((loop) => ({ value: String(loop.number), title: wordsFor(loop) }))}
            onChange={(event) => document.change({ from: Number(event.currentTarget.value) })}
          />
        )}
      </Field>
      <div className="forkmodel">
        <Field label="Provider">
          {(control) => (
            <ProviderSelect
              {...control}
              providers={providers}
              value={draft.provider}
              change={(provider) => document.change({ provider })}
            />
          )}
        </Field>
        <Field label="Model">
          {(control) => (
            <ModelInput
              {...control}
              provider={providers.find(({ name }) => name === draft.provider)}
              value={draft.model}
              change={(model) => document.change({ model })}
            />
          )}
        </Field>
      </div>
      <Field label="System prompt">
        {({ invalid: _, ...control }) => (
          <TextArea
            {...control}
            rows={6}
            value={draft.systemPrompt}
            onChange={(event) => document.change({ systemPrompt: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="User prompt" hint="Empty: all variables as JSON.">
        {({ invalid: _, ...control }) => (
          <TextArea
            {...control}
            rows={2}
            value={draft.userPrompt}
            onChange={(event) => document.change({ userPrompt: event.currentTarget.value })}
          />
        )}
      </Field>
      {before.map(({ id, step }) => (
        <Field
          key={id}
          label={`What ${step.name} gave back`}
          note={`loop ${draft.from - 1}`}
          hint={step.error && `It failed: ${step.error.message}`}
          error={unreadable.includes(id) ? 'Expected JSON, but it cannot be read yet.' : undefined}
        >
          {(control) => (
            <TextArea
              {...control}
              mono
              rows={3}
              spellCheck={false}
              value={draft.toolResults[id] ?? ''}
              onChange={(event) =>
                document.change({ toolResults: { ...draft.toolResults, [id]: event.currentTarget.value } })
              }
            />
          )}
        </Field>
      ))}
      <div className="forkfoot">
        <Button
          type="submit"
          look="primary"
          icon="codicon:repo-forked"
          busy={running}
          disabled={!change || !mayRun}
          title={mayRun ? undefined : 'Your roles do not give agents:run'}
        >
          Run fork
        </Button>
        {changed.length > 0 && (
          <Button look="ghost" disabled={running} onClick={document.reset}>
            As recorded
          </Button>
        )}
        <span className="dim xs" role="status">
          {changed.length > 0
            ? `Otherwise: ${changed.join(', ')}.`
            : 'As recorded: asked once more, to see whether it answers the same.'}{' '}
          Tools that change something are not called.
        </span>
      </div>
    </form>
  );
}

function wordsFor({ number, model, tools }: Loop): string {
  const then = tools.length > 0 ? counted(tools.length, 'tool call') : 'answer';
  return `Loop ${number} · ${model?.model ?? ''} · ${then}`;
}
