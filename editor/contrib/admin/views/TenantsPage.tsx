import './admin.css';
import type { TenantView } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Input } from '../../../ui/Input.tsx';
import { RecordForm, RecordsPage } from '../../../ui/RecordsPage.tsx';
import { RecordsTable } from '../../../ui/RecordsTable.tsx';
import type { Column } from '../../../ui/Table.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useNow } from '../../../workbench/useNow.ts';
import { useTyped } from '../../../workbench/useTyped.ts';
import { tenantProblems } from '../tenantDraft.ts';
import type { Tenants } from '../tenantsStore.ts';
import { TenantForm } from './TenantForm.tsx';

/** Tenants of the installation, for those who run it. */
export function TenantsPage({ tenants }: { tenants: Tenants }) {
  const platform = usePlatform();
  const { items, failure, selected } = useReadable(tenants);
  const now = useNow();
  const [text, setText] = useState('');
  const writable = Boolean(platform.context.get('permission:tenants:write'));
  useEffect(() => tenants.shown(), [tenants]);
  const wanted = text.trim().toLowerCase();
  const shown = (items ?? []).filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted));
  const chosen = items?.find(({ id }) => id === selected);
  const add = (look: 'primary' | 'secondary') =>
    writable && (
      <Button look={look} icon="codicon:add" onClick={() => void platform.commands.run('tenants.add')}>
        New tenant
      </Button>
    );
  return (
    <RecordsPage
      className="adminpage"
      title="Tenants"
      hint="Of this installation, from outside"
      filter={{ label: 'Filter tenants', text, onChange: setText }}
      action={add('primary')}
      aside={
        chosen ? (
          <TenantForm key={chosen.id} tenant={chosen} tenants={tenants} writable={writable} />
        ) : (
          selected === null && writable && <NewTenantForm tenants={tenants} />
        )
      }
    >
      <RecordsTable
        label="Tenants"
        columns={columnsAt(now)}
        rows={shown}
        idOf={({ id }) => id}
        selected={selected ?? undefined}
        onOpen={({ id }) => tenants.select(id)}
        all={items}
        failure={failure}
        onRetry={() => void tenants.read()}
        noneFits={`No tenant has “${text.trim()}” in its id or name.`}
        empty={
          <EmptyState icon="codicon:server-environment" title="No tenants yet" action={add('secondary')}>
            A tenant is an organisation: its people, processes and agents, apart from all others.
          </EmptyState>
        }
      />
    </RecordsPage>
  );
}

const columnsAt = (now: number): readonly Column<TenantView>[] => [
  {
    id: 'name',
    title: 'Tenant',
    render: ({ id, name }) => (
      <span className="personlines">
        <span className="strong ellipsis">{name}</span>
        <span className="dim sm mono ellipsis">{id}</span>
      </span>
    ),
  },
  {
    id: 'state',
    title: 'State',
    render: ({ status, statusReason }) => (
      <span className={`state ${status === 'active' ? 'completed' : 'waiting'} plain`} title={statusReason}>
        <Icon name={status === 'active' ? 'codicon:check' : 'codicon:debug-pause'} size={12} />
        {status === 'active' ? 'Active' : 'Suspended'}
      </span>
    ),
  },
  {
    id: 'made',
    title: 'Made',
    render: ({ createdAt }) => (
      <time className="dim" dateTime={createdAt} title={exactTime(createdAt)}>
        {relativeTime(createdAt, now)}
      </time>
    ),
  },
];

function NewTenantForm({ tenants }: { tenants: Tenants }) {
  const taken = (useReadable(tenants).items ?? []).map(({ id }) => id);
  const { draft, change, problems, busy, refused, save } = useTyped(
    { id: '', name: '', owner: '' },
    (typed) => tenantProblems(typed, taken),
  );
  return (
    <RecordForm
      label="New tenant"
      title="New tenant"
      onSubmit={() => void save(() => tenants.create(draft))}
      onClose={() => tenants.select(undefined)}
      submit={{ label: 'Make tenant', busy }}
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      <fieldset disabled={busy}>
        <Field label="Name" error={problems.name}>
          {({ invalid, ...control }) => (
            <Input
              {...control}
              invalid={invalid}
              data-autofocus
              maxLength={100}
              placeholder="Harbour & Pine"
              value={draft.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label="Id" hint="Part of its address; it stays." error={problems.id}>
          {({ invalid, ...control }) => (
            <Input
              {...control}
              mono
              invalid={invalid}
              maxLength={31}
              placeholder="harbour-pine"
              spellCheck={false}
              value={draft.id}
              onChange={(event) => change({ id: event.currentTarget.value.trim().toLowerCase() })}
            />
          )}
        </Field>
        <Field
          label="First owner"
          note="optional"
          hint="Gets a link, shown here once, to become the owner."
          error={problems.owner}
        >
          {({ invalid, ...control }) => (
            <Input
              {...control}
              type="email"
              invalid={invalid}
              placeholder="ada@example.com"
              value={draft.owner}
              onChange={(event) => change({ owner: event.currentTarget.value.trim() })}
            />
          )}
        </Field>
      </fieldset>
    </RecordForm>
  );
}
