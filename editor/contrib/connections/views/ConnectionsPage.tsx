import './connections.css';
import { type Connection, connectionKinds } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { RecordsPage } from '../../../ui/RecordsPage.tsx';
import { RecordsTable } from '../../../ui/RecordsTable.tsx';
import type { Column } from '../../../ui/Table.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { useRemaining } from '../../../workbench/useRemaining.ts';
import type { Connections, ConnectionsState } from '../connectionsStore.ts';
import { kindIcons, trialWords } from '../connectionWords.ts';
import { ConnectionForm } from './ConnectionForm.tsx';

/** All connections, where they lead and how they were when last tried; the selected one's form beside them. */
export function ConnectionsPage({ connections }: { connections: Connections }) {
  const platform = usePlatform();
  const { items, failure, selected, trials } = useRemaining(connections, 'connection', ({ name }) => name);
  const [text, setText] = useState('');
  const writable = Boolean(platform.context.get('permission:connections:write'));
  useEffect(() => connections.shown(), [connections]);
  const wanted = text.trim().toLowerCase();
  const shown = (items ?? []).filter(({ name, url, description }) =>
    [name, url, description].some((part) => part.toLowerCase().includes(wanted)),
  );
  const chosen = items?.find(({ name }) => name === selected);
  const add = (look: 'primary' | 'secondary') =>
    writable && (
      <Button look={look} icon="codicon:add" onClick={() => connections.select(null)}>
        Add connection
      </Button>
    );
  return (
    <RecordsPage
      className="connections"
      title="Connections"
      hint="Databases and mail that tools may use"
      filter={{ label: 'Filter connections', text, onChange: setText }}
      action={add('primary')}
      aside={
        (chosen || (selected === null && writable)) && (
          <ConnectionForm key={selected} connection={chosen} connections={connections} writable={writable} />
        )
      }
    >
      <RecordsTable
        label="Connections"
        columns={columnsOf(trials)}
        rows={shown}
        idOf={({ name }) => name}
        selected={selected ?? undefined}
        onOpen={({ name }) => connections.select(name)}
        all={items}
        failure={failure}
        onRetry={() => void connections.read()}
        noneFits={`No connection has “${text.trim()}” in its name, address or description.`}
        empty={
          <EmptyState icon="codicon:database" title="No connections yet" action={add('secondary')}>
            A connection is a database or a mail server under a name, with its password kept encrypted. For
            example <code>{connectionKinds.postgres.example}</code>.
          </EmptyState>
        }
      />
    </RecordsPage>
  );
}

const columnsOf = (trials: ConnectionsState['trials']): readonly Column<Connection>[] => [
  {
    id: 'name',
    title: 'Connection',
    render: ({ name, kind }) => (
      <span className="connectionrow">
        <span className="kind">
          <Icon name={kindIcons[kind]} size={14} />
        </span>
        <span className="connectionlines">
          <span className="strong ellipsis">{name}</span>
          <span className="dim sm">{connectionKinds[kind].title}</span>
        </span>
      </span>
    ),
  },
  {
    id: 'address',
    title: 'Address',
    render: ({ url }) => (
      <span className="mono dim ellipsis connectionaddress" title={url}>
        {url}
      </span>
    ),
  },
  {
    id: 'access',
    title: 'Access',
    render: ({ readOnly, kind }) => (
      <span className="dim">{kind === 'smtp' ? 'Sends' : readOnly ? 'Reads only' : 'Reads and writes'}</span>
    ),
  },
  {
    id: 'state',
    title: 'Last try',
    render: ({ name }) => {
      const { state, icon, word } = trialWords(trials[name]);
      return (
        <span className={`state ${state}`} role="status">
          <span className={state === 'running' ? 'spin' : undefined}>
            <Icon name={icon} size={12} />
          </span>
          {word}
        </span>
      );
    },
  },
];
