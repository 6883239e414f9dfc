import './mcpServers.css';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Chip, CountBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { exactTime } from '../../../ui/time.ts';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { checkAgain } from '../mcpServerActions.ts';
import { placeOf, transportIcons } from '../mcpServerWords.ts';
import type { ServerDocument, ServerSide } from '../serverDocument.ts';
import { Inspector } from './Inspector.tsx';
import { PromptsSide, ResourcesSide } from './ListedSides.tsx';
import { ConnectionPill, MyToken, Standing } from './Standing.tsx';
import { ToolsSide } from './ToolsSide.tsx';

/** One server: how it is, what it brings, and what goes over the wire. */
export function McpServerEditor({ document }: DocumentProps<ServerDocument>) {
  const platform = usePlatform();
  const { server, side, resources, prompts } = useStore(document.view);
  const { status, tools } = server;
  const writable = Boolean(platform.context.get('permission:mcpServers:write'));
  const sides: { value: ServerSide; title: ReactNode }[] = [
    {
      value: 'tools',
      title: (
        <>
          Tools <CountBadge count={tools.locked + tools.quarantined + tools.new + tools.gone} />
        </>
      ),
    },
    { value: 'resources', title: <>Resources {counted(resources.items)}</> },
    { value: 'prompts', title: <>Prompts {counted(prompts.items)}</> },
    ...(writable ? [{ value: 'wire' as const, title: 'Inspector' }] : []),
  ];
  return (
    <div className="mcpserver">
      <header className="mcphead">
        <span className="kind lg">
          <Icon name={transportIcons[server.transport.kind]} size={20} />
        </span>
        <div className="grow">
          <div className="mcprow">
            <h1 className="ellipsis">{server.name}</h1>
            <ConnectionPill status={status} />
          </div>
          <div className="dim sm ellipsis" title={placeOf(server)}>
            <span className="mono">{placeOf(server)}</span>
            {server.description && ` · ${server.description}`}
          </div>
        </div>
        {writable && (
          <>
            <Button
              size="sm"
              icon="codicon:refresh"
              busy={status.state === 'connecting'}
              onClick={() => void checkAgain(platform, document.servers, server.id)}
            >
              Check again
            </Button>
            <Button
              size="sm"
              icon="codicon:settings-gear"
              onClick={() => {
                document.servers.select(server.id);
                void platform.commands.run('mcpServers.show');
              }}
            >
              Settings
            </Button>
          </>
        )}
      </header>
      {status.serverInfo && (
        <div className="mcpfacts sm dim">
          <span>
            {status.serverInfo.name} {status.serverInfo.version}
          </span>
          {status.protocolVersion && <span>Protocol {status.protocolVersion}</span>}
          {status.latency !== undefined && <span>Answers in {Math.round(status.latency)} ms</span>}
          {status.checkedAt && (
            <span title={exactTime(status.checkedAt)}>Seen {exactTime(status.checkedAt)}</span>
          )}
          {(status.capabilities ?? []).map((capability) => (
            <Chip key={capability} outline>
              {capability}
            </Chip>
          ))}
        </div>
      )}
      <div className="mcpstanding">
        <Standing server={server} servers={document.servers} />
        <MyToken server={server} servers={document.servers} />
      </div>
      <Tabs label="Parts of the server" value={side} tabs={sides} onChange={document.show} />
      {side === 'tools' && <ToolsSide document={document} />}
      {side === 'resources' && <ResourcesSide document={document} />}
      {side === 'prompts' && <PromptsSide document={document} />}
      {side === 'wire' && <Inspector document={document} />}
    </div>
  );
}

function counted(items: readonly unknown[] | undefined) {
  return items && <CountBadge count={items.length} />;
}
