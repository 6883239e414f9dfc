import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Input } from '../../../ui/Input.tsx';
import { Select } from '../../../ui/Select.tsx';
import { accessOf, declaredBy, waitingFor } from '../toolAccess.ts';
import type { ToolDocument } from '../toolDocument.ts';
import type { DraftField } from '../toolDraft.ts';

const approvals = [
  { value: 'never', title: 'No approval' },
  { value: 'always', title: 'Always ask a person' },
  { value: 'when', title: 'Ask a person when …' },
] as const;

/** What the tool may do beside computing: what its author declares, and what an admin has granted of it. */
export function ToolAccessView({ document }: { document: ToolDocument }) {
  const { draft, problems } = useStore(document.view);
  const problemOf = (field: DraftField) => problems.find((problem) => problem.field === field)?.message;
  const text = (
    field: 'network' | 'secrets' | 'approvalWhen',
    label: string,
    placeholder: string,
    hint: string,
  ) => (
    <Field label={label} hint={hint} error={problemOf(field)}>
      {({ invalid, ...control }) => (
        <Input
          {...control}
          small
          mono
          invalid={invalid}
          placeholder={placeholder}
          readOnly={!document.writable}
          value={draft[field]}
          onChange={(event) => document.change(field, event.currentTarget.value)}
        />
      )}
    </Field>
  );
  const flag = (field: 'state' | 'files' | 'sideEffect' | 'egress', label: string, hint: string) => (
    <div className="field">
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
    <section className="toolaccess" aria-label="Capabilities">
      <h2>Capabilities</h2>
      {text('network', 'Hosts', 'api.example.com', 'Where it may send requests: context.fetch(…)')}
      {text('secrets', 'Secrets', 'SHOP_TOKEN', 'By name: context.secrets.get(…)')}
      {flag('state', 'Keeps values', 'From one call to the next: context.state')}
      {flag('files', 'Files of the run', 'Texts that all steps of a run share: context.files')}
      <Grants document={document} />
      <h2>Calls</h2>
      {flag(
        'sideEffect',
        'Has a side effect',
        'Calling it twice with the same input changes something twice.',
      )}
      {flag('egress', 'Sends data out', 'What it is given leaves our systems.')}
      <Field label="Approval" hint="Before an agent’s call is carried out.">
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
      </Field>
      {draft.approval === 'when' && text('approvalWhen', 'When', 'amount > 100', 'FEEL over the arguments')}
    </section>
  );
}

function Grants({ document }: { document: ToolDocument }) {
  const access = accessOf(document);
  const { grants, granting, failure } = useStore(access.store);
  const draft = useStore(document.view, (view) => view.draft);
  const { commands } = document.platform;
  useEffect(() => void access.read(), [access]);
  const { network, secrets, files, memory } = declaredBy(draft);
  if (failure)
    return (
      <p className="toolproblem" role="alert">
        <Icon name="codicon:error" size={14} />
        {failure.message}
      </p>
    );
  if (!grants || network.length + secrets.length + Number(files) + Number(memory) === 0) return null;
  const waiting = waitingFor(draft, grants);
  return (
    <div className="toolgrants" role="status">
      <Icon name={waiting.length > 0 ? 'codicon:lock' : 'codicon:check'} size={14} />
      <span className="grow">
        {waiting.length > 0
          ? `Not granted yet: ${waiting.join(', ')}`
          : `All granted${grants.grantedBy ? ` by ${grants.grantedBy}` : ''}`}
      </span>
      {waiting.length > 0 && commands.enabled('tools.grant') && (
        <Button size="sm" busy={granting} onClick={() => void commands.run('tools.grant')}>
          Grant
        </Button>
      )}
    </div>
  );
}
