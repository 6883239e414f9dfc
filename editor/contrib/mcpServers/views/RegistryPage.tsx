import './mcpServers.css';
import { type RegistryEntry, registryRoutes } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import type { Failure } from '../../../platform/failure.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Input } from '../../../ui/Input.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { List } from '../../../ui/List.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';

/** The tenant's private registry, as MCP clients read it: each server with its `server.json`. */
export function RegistryPage() {
  const platform = usePlatform();
  const [items, setItems] = useState<readonly RegistryEntry[]>();
  const [failure, setFailure] = useState<Failure>();
  const [text, setText] = useState('');
  const [chosenName, setChosenName] = useState<string>();
  useEffect(() => {
    let gone = false;
    void readAll(platform.api).then((answer) => {
      if (gone) return;
      if (answer.ok) setItems(answer.value);
      else setFailure(answer.failure);
    });
    return () => {
      gone = true;
    };
  }, [platform]);
  const wanted = text.trim().toLowerCase();
  const shown = (items ?? []).filter(({ server: { name, title, description } }) =>
    [name, title ?? '', description].some((part) => part.toLowerCase().includes(wanted)),
  );
  const chosen = shown.find(({ server }) => server.name === chosenName) ?? shown[0];
  const address = `${window.location.origin}/api/registry`;
  const copy = (what: string, words: string) =>
    void navigator.clipboard.writeText(what).then(() => platform.notifications.info(words));
  return (
    <div className="mcpserver">
      <header className="mcphead">
        <div className="grow">
          <h1>Registry</h1>
          <div className="dim sm ellipsis">
            What MCP clients find at <span className="mono">{address}</span>
          </div>
        </div>
        <Input
          small
          icon="codicon:filter"
          aria-label="Filter the registry"
          placeholder="Filter"
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button size="sm" icon="codicon:copy" onClick={() => copy(address, 'Address copied.')}>
          Copy address
        </Button>
      </header>
      {failure && (
        <div className="pad">
          <Callout tone="error">{failure.message}</Callout>
        </div>
      )}
      {!items && !failure && <Skeleton lines={6} />}
      {items && shown.length === 0 && (
        <EmptyState icon="codicon:server" title="Nothing found">
          {items.length === 0
            ? 'The tenant’s own server and those it is connected to are listed here.'
            : `No server has “${text.trim()}” in its name or description.`}
        </EmptyState>
      )}
      {chosen && (
        <div className="mcpsplit">
          <div className="mcpside">
            <List
              label="Servers of the registry"
              tall
              items={shown}
              idOf={({ server }) => server.name}
              selected={chosen.server.name}
              onSelect={({ server }) => setChosenName(server.name)}
              render={({ server: { name, title, description, remotes } }) => (
                <span className="mcprow" title={description}>
                  <Icon name={remotes ? 'codicon:cloud' : 'codicon:terminal'} />
                  <span className="mcplines">
                    <span className="ellipsis">{title ?? name}</span>
                    <span className="dim sm ellipsis">{description}</span>
                  </span>
                </span>
              )}
            />
          </div>
          <div className="mcpcontract scroll">
            <div className="mcprow">
              <h2 className="mono ellipsis grow">{chosen.server.name}</h2>
              <span className="dim sm">{chosen.server.version}</span>
              <Button
                size="sm"
                icon="codicon:copy"
                onClick={() => copy(JSON.stringify(chosen.server, null, 2), 'server.json copied.')}
              >
                Copy server.json
              </Button>
            </div>
            <JsonView value={chosen.server} />
          </div>
        </div>
      )}
    </div>
  );
}

type Api = ReturnType<typeof usePlatform>['api'];

/** Page after page; the first failure ends it. */
async function readAll(api: Api) {
  const entries: RegistryEntry[] = [];
  let cursor: string | undefined;
  for (;;) {
    const answer = await api.call(registryRoutes.servers, {
      query: { limit: 100, ...(cursor !== undefined && { cursor }) },
    });
    if (!answer.ok) return answer;
    entries.push(...answer.value.servers);
    cursor = answer.value.metadata.nextCursor;
    if (cursor === undefined || answer.value.servers.length === 0)
      return { ok: true as const, value: entries };
  }
}
