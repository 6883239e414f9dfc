import './mcpServers.css';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { RecordsList } from '../../../ui/RecordsList.tsx';
import { useActiveDocument, usePlatform } from '../../../workbench/platformContext.ts';
import { useRemaining } from '../../../workbench/useRemaining.ts';
import type { McpServers } from '../mcpServersStore.ts';
import { connectionLooks, countWords } from '../mcpServerWords.ts';

/** The tenant's MCP servers in the side bar, each with how its connection and its tools are. */
export function McpServersList({ servers }: { servers: McpServers }) {
  const platform = usePlatform();
  const { items, failure } = useRemaining(servers, 'mcpServer', ({ id }) => id);
  const active = useActiveDocument()?.resource;
  return (
    <RecordsList
      label="MCP servers"
      tall
      items={items}
      failure={failure}
      empty={
        <EmptyState
          icon="codicon:server"
          title="No MCP servers yet"
          action={
            platform.context.get('permission:mcpServers:write') ? (
              <Button look="primary" onClick={() => void platform.commands.run('mcpServers.add')}>
                Add server
              </Button>
            ) : undefined
          }
        >
          An MCP server brings tools of others: a tracker, a mailbox, a database.
        </EmptyState>
      }
      idOf={(server) => server.id}
      selected={active?.kind === 'mcpServer' ? active.id : undefined}
      onSelect={(server) =>
        void platform.editors.open({ kind: 'mcpServer', id: server.id, name: server.name }, { preview: true })
      }
      render={(server) => {
        const { state, icon, word } = connectionLooks[server.status.state];
        return (
          <span className="mcprow" title={server.status.message || word}>
            <span className={`c-${state} stateicon`} role="img" aria-label={word}>
              <Icon name={icon} />
            </span>
            <span className="mcplines">
              <span className="ellipsis">{server.name}</span>
              <span className={server.tools.quarantined > 0 ? 'c-incident sm ellipsis' : 'dim sm ellipsis'}>
                {countWords(server.tools)}
              </span>
            </span>
          </span>
        );
      }}
    />
  );
}

export function McpServersActions() {
  const platform = usePlatform();
  return (
    <>
      <IconButton
        icon="codicon:list-unordered"
        label="All servers and their settings"
        onClick={() => void platform.commands.run('mcpServers.show')}
      />
      <IconButton
        icon="codicon:library"
        label="Registry"
        onClick={() => void platform.commands.run('mcpServers.showRegistry')}
      />
      {Boolean(platform.context.get('permission:mcpServers:write')) && (
        <IconButton
          icon="codicon:add"
          label="Add server"
          onClick={() => void platform.commands.run('mcpServers.add')}
        />
      )}
    </>
  );
}
