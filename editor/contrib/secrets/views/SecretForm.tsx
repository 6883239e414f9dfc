import type { SecretInfo } from '@baton/gateway/api';
import { useState } from 'react';
import { Callout } from '../../../ui/Callout.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import { useTyped } from '../../../workbench/useTyped.ts';
import { problemsOf } from '../secretDraft.ts';
import type { Secrets } from '../secretsStore.ts';

/** A new secret, or another value for one: what it is now is not shown to anybody. */
export function SecretForm({
  secret,
  secrets,
  writable,
}: {
  /** `undefined` while one is being added. */
  secret: SecretInfo | undefined;
  secrets: Secrets;
  writable: boolean;
}) {
  const { items = [] } = useReadable(secrets);
  const { draft, change, problems, busy, refused, save } = useTyped(
    { name: secret?.name ?? '', value: '' },
    (typed) => problemsOf(typed, secret ? [] : items.map(({ name }) => name)),
  );
  const [shown, setShown] = useState(false);
  const close = () => secrets.select(undefined);

  async function submit() {
    if (await save(() => secrets.save(draft, secret === undefined))) change({ value: '' });
  }

  return (
    <RecordForm
      label={secret ? `Secret ${secret.name}` : 'New secret'}
      exact={secret !== undefined}
      title={secret?.name ?? 'New secret'}
      remove={
        secret && writable ? { label: 'Delete secret', run: () => secrets.remove(secret.name) } : undefined
      }
      onSubmit={() => void submit()}
      onClose={close}
      submit={writable ? { label: secret ? 'Replace value' : 'Keep secret', busy } : undefined}
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {!writable && <p className="dim sm">Admins of the tenant give it its value.</p>}
      {writable && (
        <fieldset disabled={busy}>
          {!secret && (
            <Field label="Name" hint="Tools ask for it by this name." error={problems.name}>
              {({ invalid, ...control }) => (
                <Input
                  {...control}
                  mono
                  invalid={invalid}
                  data-autofocus
                  maxLength={63}
                  spellCheck={false}
                  autoComplete="off"
                  placeholder="SHOP_TOKEN"
                  value={draft.name}
                  onChange={(event) => change({ name: event.currentTarget.value.trim() })}
                />
              )}
            </Field>
          )}
          <Field
            label={secret ? 'New value' : 'Value'}
            hint="Encrypted before it is stored; nobody can read it again."
            error={problems.value}
          >
            {({ invalid, ...control }) => (
              <TextArea
                {...control}
                mono
                rows={3}
                invalid={invalid}
                className={shown ? undefined : 'secretmasked'}
                spellCheck={false}
                autoComplete="off"
                placeholder={secret ? 'Kept; type to replace it' : ''}
                value={draft.value}
                onChange={(event) => change({ value: event.currentTarget.value })}
              />
            )}
          </Field>
          <Checkbox checked={shown} onChange={(event) => setShown(event.currentTarget.checked)}>
            Show what I type
          </Checkbox>
        </fieldset>
      )}
    </RecordForm>
  );
}
