import {
  type Connection,
  type ConnectionKind,
  connectionKindNames,
  connectionKinds,
} from '@baton/gateway/api';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { Select } from '../../../ui/Select.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import { useTyped } from '../../../workbench/useTyped.ts';
import { draftOf, problemsOf } from '../connectionDraft.ts';
import type { Connections, Trial } from '../connectionsStore.ts';

/** One connection, whole, and what trying it came to. */
export function ConnectionForm({
  connection,
  connections,
  writable,
}: {
  /** `undefined` while one is being added. */
  connection: Connection | undefined;
  connections: Connections;
  writable: boolean;
}) {
  const { items = [], trials } = useReadable(connections);
  const { draft, change, problems, busy, refused, save } = useTyped(
    () => draftOf(connection),
    (typed) => problemsOf(typed, connection ? [] : items.map(({ name }) => name)),
  );
  const close = () => connections.select(undefined);
  const trial = connection && trials[connection.name];

  async function submit() {
    if (await save(() => connections.save(draft, connection === undefined)))
      change({ password: '', withoutPassword: false });
  }

  return (
    <RecordForm
      label={connection ? `Connection ${connection.name}` : 'New connection'}
      exact={connection !== undefined}
      title={connection?.name ?? 'New connection'}
      remove={
        connection && writable
          ? { label: 'Delete connection', run: () => connections.remove(connection.name) }
          : undefined
      }
      onSubmit={() => void submit()}
      onClose={close}
      submit={writable ? { label: 'Save and try', busy } : undefined}
    >
      {trial && <Outcome trial={trial} />}
      {connection && writable && trial?.state !== 'running' && (
        <div>
          <Button size="sm" icon="codicon:plug" onClick={() => void connections.test(connection.name)}>
            Try the saved connection
          </Button>
        </div>
      )}
      {refused && <Callout tone="error">{refused.message}</Callout>}
      <fieldset disabled={!writable || busy}>
        <Field label="Kind">
          {({ invalid: _, ...control }) => (
            <Select
              {...control}
              data-autofocus
              value={draft.kind}
              options={connectionKindNames.map((value) => ({ value, title: connectionKinds[value].title }))}
              onChange={(event) => change({ kind: event.currentTarget.value as ConnectionKind })}
            />
          )}
        </Field>
        {!connection && (
          <Field label="Name" hint="Tools call it by this name." error={problems.name}>
            {({ invalid, ...control }) => (
              <Input
                {...control}
                mono
                invalid={invalid}
                maxLength={63}
                spellCheck={false}
                placeholder="shop-database"
                value={draft.name}
                onChange={(event) => change({ name: event.currentTarget.value.trim() })}
              />
            )}
          </Field>
        )}
        <Field
          label="Address"
          hint={
            draft.kind === 'smtp'
              ? 'With the user and the sender; the password has a field of its own.'
              : 'With the user and the database; the password has a field of its own.'
          }
          error={problems.url}
        >
          {({ invalid, ...control }) => (
            <Input
              {...control}
              mono
              invalid={invalid}
              spellCheck={false}
              placeholder={connectionKinds[draft.kind].example}
              value={draft.url}
              onChange={(event) => change({ url: event.currentTarget.value.trim() })}
            />
          )}
        </Field>
        <Field
          label="Password"
          hint="Encrypted before it is stored; nobody can read it again."
          error={problems.password}
        >
          {({ invalid, ...control }) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              invalid={invalid}
              disabled={draft.withoutPassword}
              placeholder={connection?.hasPassword ? 'Saved; type to replace it' : ''}
              value={draft.password}
              onChange={(event) => change({ password: event.currentTarget.value })}
            />
          )}
        </Field>
        {connection?.hasPassword && (
          <Checkbox
            checked={draft.withoutPassword}
            onChange={(event) => change({ withoutPassword: event.currentTarget.checked })}
          >
            Take the saved password away
          </Checkbox>
        )}
        {draft.kind !== 'smtp' && (
          <div className="field">
            <Checkbox
              checked={draft.readOnly}
              onChange={(event) => change({ readOnly: event.currentTarget.checked })}
            >
              Read only
            </Checkbox>
            <div className="hint">Tools only read by it, whatever they say of themselves.</div>
          </div>
        )}
        <Field label="Description" note="optional" error={problems.description}>
          {({ invalid, ...control }) => (
            <Input
              {...control}
              invalid={invalid}
              value={draft.description}
              onChange={(event) => change({ description: event.currentTarget.value })}
            />
          )}
        </Field>
      </fieldset>
    </RecordForm>
  );
}

function Outcome({ trial }: { trial: Trial }) {
  if (trial.state === 'running') return <Callout>Connecting and signing in, as tools would.</Callout>;
  return (
    <Callout tone={trial.ok ? 'success' : 'error'}>
      <div className="strong">
        {trial.ok ? 'Connected' : 'Not connected'}
        {trial.ok && `, ${Math.round(trial.duration)} ms`}
      </div>
      <div>{trial.message}</div>
    </Callout>
  );
}
