import './secrets.css';
import type { SecretInfo } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { RecordsPage } from '../../../ui/RecordsPage.tsx';
import { RecordsTable } from '../../../ui/RecordsTable.tsx';
import type { Column } from '../../../ui/Table.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { useRemaining } from '../../../workbench/useRemaining.ts';
import type { Secrets } from '../secretsStore.ts';
import { SecretForm } from './SecretForm.tsx';

/** The names of all secrets, who gave them their value and when; the selected one's form beside them. */
export function SecretsPage({ secrets }: { secrets: Secrets }) {
  const platform = usePlatform();
  const { items, failure, selected } = useRemaining(secrets, 'secret', ({ name }) => name);
  const [text, setText] = useState('');
  const writable = Boolean(platform.context.get('permission:secrets:write'));
  useEffect(() => secrets.shown(), [secrets]);
  const wanted = text.trim().toLowerCase();
  const shown = (items ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
  const chosen = items?.find(({ name }) => name === selected);
  const add = (look: 'primary' | 'secondary') =>
    writable && (
      <Button look={look} icon="codicon:add" onClick={() => secrets.select(null)}>
        Add secret
      </Button>
    );
  return (
    <RecordsPage
      title="Secrets"
      hint="What tools need and nobody may read"
      filter={{ label: 'Filter secrets', text, onChange: setText }}
      action={add('primary')}
      aside={
        (chosen || (selected === null && writable)) && (
          <SecretForm key={selected} secret={chosen} secrets={secrets} writable={writable} />
        )
      }
    >
      <RecordsTable
        label="Secrets"
        columns={columnsAt(platform.clock.now())}
        rows={shown}
        idOf={({ name }) => name}
        selected={selected ?? undefined}
        onOpen={({ name }) => secrets.select(name)}
        all={items}
        failure={failure}
        onRetry={() => void secrets.read()}
        noneFits={`No secret has “${text.trim()}” in its name.`}
        empty={
          <EmptyState icon="codicon:key" title="No secrets yet" action={add('secondary')}>
            A secret is a token or a password under a name. A tool that declares the name reads it with{' '}
            <code>context.secrets.get('SHOP_TOKEN')</code> once an admin has granted it.
          </EmptyState>
        }
      />
    </RecordsPage>
  );
}

const columnsAt = (now: number): readonly Column<SecretInfo>[] => [
  {
    id: 'name',
    title: 'Secret',
    render: ({ name }) => (
      <span className="secretname">
        <span className="kind">
          <Icon name="codicon:key" size={14} />
        </span>
        <span className="mono strong ellipsis">{name}</span>
      </span>
    ),
  },
  {
    id: 'value',
    title: 'Value',
    render: () => <span className="dim">Kept encrypted</span>,
  },
  { id: 'by', title: 'Changed by', render: ({ changedBy }) => <span className="dim">{changedBy}</span> },
  {
    id: 'at',
    title: 'Changed',
    render: ({ changedAt }) => (
      <time className="dim" dateTime={changedAt} title={exactTime(changedAt)}>
        {relativeTime(changedAt, now)}
      </time>
    ),
  },
];
