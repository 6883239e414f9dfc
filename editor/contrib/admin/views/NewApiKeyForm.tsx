import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { Select } from '../../../ui/Select.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { useTyped } from '../../../workbench/useTyped.ts';
import { blankKey, keyProblems } from '../apiKeyDraft.ts';
import type { ApiKeys } from '../apiKeysStore.ts';
import { ScopeChoice } from './ScopeChoice.tsx';
import { ToolPatterns } from './ToolPatterns.tsx';

const terms = [
  { value: '7', title: '7 days' },
  { value: '30', title: '30 days' },
  { value: '90', title: '90 days' },
  { value: '365', title: '1 year' },
  { value: '', title: 'Until it is revoked' },
];

/** A key for a program: what it may do at most, and how long. */
export function NewApiKeyForm({ keys }: { keys: ApiKeys }) {
  const { me } = usePlatform();
  const { draft, change, problems, busy, refused, save } = useTyped(blankKey, keyProblems);
  return (
    <RecordForm
      label="New API key"
      title="New API key"
      onSubmit={() => void save(() => keys.create(draft))}
      onClose={() => keys.select(undefined)}
      submit={{ label: 'Make key', busy }}
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      <fieldset disabled={busy}>
        <Field label="Name" hint="Of the program that uses it." error={problems.name}>
          {({ invalid, ...control }) => (
            <Input
              {...control}
              data-autofocus
              invalid={invalid}
              maxLength={100}
              placeholder="ci-deploy"
              value={draft.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field
          label="Good for"
          {...(draft.days === undefined && {
            warning: 'A key without an end stays good when everybody has forgotten it.',
          })}
        >
          {({ invalid: _, ...control }) => (
            <Select
              {...control}
              options={terms}
              value={String(draft.days ?? '')}
              onChange={(event) => {
                const days = event.currentTarget.value;
                change({ days: days === '' ? undefined : Number(days) });
              }}
            />
          )}
        </Field>
        <ScopeChoice
          scopes={draft.scopes}
          own={me.permissions}
          error={problems.scopes}
          onChange={(scopes) => change({ scopes })}
        />
        {draft.scopes.includes('tools:run') && (
          <ToolPatterns
            tools={draft.tools}
            all="All you may"
            error={problems.tools}
            onChange={(tools) => change({ tools })}
          />
        )}
      </fieldset>
    </RecordForm>
  );
}
