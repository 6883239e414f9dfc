import './mcpServers.css';
import type { McpServer } from '@baton/gateway/api';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { RecordsPage } from '../../../ui/RecordsPage.tsx';
import { RecordsTable } from '../../../ui/RecordsTable.tsx';
import type { Column } from '../../../ui/Table.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { useNow } from '../../../workbench/useNow.ts';
import { useRemaining } from '../../../workbench/useRemaining.ts';
import type { McpServers } from '../mcpServersStore.ts';
import { countWords, placeOf, transportIcons, transportTitles } from '../mcpServerWords.ts';
import { McpServerForm } from './McpServerForm.tsx';
import { ConnectionPill } from './Standing.tsx';

/** All servers, how they are connected and what they bring; the selected one's settings beside them. */
export function McpServersPage({ servers }: { servers: McpServers }) {
  const platform = usePlatform();
  const { items, failure, selected } = useRemaining(servers, 'mcpServer', ({ id }) => id);
  const now = useNow();
  const [text, setText] = useState('');
  const writable = Boolean(platform.context.get('permission:mcpServers:write'));
  const chosen = items?.find(({ id }) => id === selected);
  const wanted = text.trim().toLowerCase();
  const shown = (items ?? []).filter((server) =>
    [server.name, server.description, placeOf(server)].some((part) => part.toLowerCase().includes(wanted)),
  );
  const add = (look: 'primary' | 'secondary') =>
    writable && (
      <Button look={look} icon="codicon:add" onClick={() => servers.select('new')}>
        Add server
      </Button>
    );
  return (
    <RecordsPage
      className="mcpservers"
      title="MCP servers"
      hint="Tools of others, by the Model Context Protocol"
      filter={{ label: 'Filter servers', text, onChange: setText }}
      action={add('primary')}
      aside={
        (chosen || (selected === 'new' && writable)) && (
          <McpServerForm key={selected} server={chosen} servers={servers} writable={writable} />
        )
      }
    >
      <RecordsTable
        label="MCP servers"
        columns={columnsAt(now)}
        rows={shown}
        idOf={({ id }) => id}
        selected={selected}
        onOpen={({ id }) => servers.select(id)}
        all={items}
        failure={failure}
        onRetry={() => void servers.read()}
        noneFits={`No server has “${text.trim()}” in its name, description or address.`}
        empty={
          <EmptyState icon="codicon:server" title="No MCP servers yet" action={add('secondary')}>
            A server is an address such as https://mcp.example.com/mcp, or a program on this machine such as
            npx -y @modelcontextprotocol/server-everything. Agents call its tools as server.tool.
          </EmptyState>
        }
      />
    </RecordsPage>
  );
}

const columnsAt = (now: number): readonly Column<McpServer>[] => [
  {
    id: 'name',
    title: 'Server',
    render: ({ name, transport }) => (
      <span className="mcprow">
        <span className="kind">
          <Icon name={transportIcons[transport.kind]} size={14} />
        </span>
        <span className="mcplines">
          <span className="strong ellipsis">{name}</span>
          <span className="dim sm ellipsis">{transportTitles[transport.kind]}</span>
        </span>
      </span>
    ),
  },
  {
    id: 'place',
    title: 'Where',
    render: (server) => (
      <span className="mono dim ellipsis mcpplace" title={placeOf(server)}>
        {placeOf(server)}
      </span>
    ),
  },
  {
    id: 'connection',
    title: 'Connection',
    render: ({ status }) => (
      <span className="mcprow" role="status" aria-live="polite">
        <ConnectionPill status={status} />
        {status.checkedAt && status.state !== 'connecting' && (
          <time className="dim sm" dateTime={status.checkedAt} title={exactTime(status.checkedAt)}>
            {relativeTime(status.checkedAt, now)}
          </time>
        )}
      </span>
    ),
  },
  {
    id: 'tools',
    title: 'Tools',
    render: ({ tools }) => (
      <span className={tools.quarantined > 0 ? 'c-incident sm' : 'sm'}>{countWords(tools)}</span>
    ),
  },
  { id: 'usedBy', title: 'Used by', numeric: true, render: ({ usedBy }) => usedBy },
];
