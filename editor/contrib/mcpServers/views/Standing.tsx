import type { McpServer } from '@baton/gateway/api';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Input } from '../../../ui/Input.tsx';
import { clockTime, exactTime } from '../../../ui/time.ts';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { approveCommand, checkAgain, keepMyToken, signIn } from '../mcpServerActions.ts';
import type { McpServers } from '../mcpServersStore.ts';
import { connectionLooks } from '../mcpServerWords.ts';

/** State of a connection: shape, colour and word. */
export function ConnectionPill({ status }: { status: McpServer['status'] }) {
  const { state, icon, word } = connectionLooks[status.state];
  return (
    <span className={`state ${state}`} title={status.message || undefined}>
      <span className={state === 'running' ? 'spin' : undefined}>
        <Icon name={icon} size={12} />
      </span>
      {word}
    </span>
  );
}

/** What stands between a server and its use, and what ends it. */
export function Standing({ server, servers }: { server: McpServer; servers: McpServers }) {
  const platform = usePlatform();
  const [busy, setBusy] = useState(false);
  const may = (what: string) => Boolean(platform.context.get(`permission:mcpServers:${what}`));
  const during = (work: Promise<unknown>) => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  };
  const { state, message, checkedAt } = server.status;
  const again = may('write') && (
    <Button
      size="sm"
      icon="codicon:refresh"
      busy={busy}
      onClick={() => during(checkAgain(platform, servers, server.id))}
    >
      Check again
    </Button>
  );
  if (state === 'needsApproval') {
    return (
      <Callout tone="warning">
        <strong>This program runs once an admin approves it</strong>
        <Command server={server} />
        {message && <p>{message}</p>}
        {may('approve') ? (
          <Button
            size="sm"
            look="primary"
            busy={busy}
            onClick={() => during(approveCommand(platform, servers, server))}
          >
            Approve this command
          </Button>
        ) : (
          <p className="dim sm">An admin of the tenant can approve it.</p>
        )}
      </Callout>
    );
  }
  if (state === 'needsAuthorization') {
    return (
      <Callout tone="warning">
        <strong>
          {server.auth.kind === 'user' ? 'Everybody needs a token of their own' : 'Sign in at the server'}
        </strong>
        {message && <p>{message}</p>}
        {server.auth.kind === 'oauth' && may('write') && (
          <Button
            size="sm"
            look="primary"
            icon="codicon:key"
            onClick={() => void signIn(platform, servers, server.id)}
          >
            Sign in…
          </Button>
        )}
      </Callout>
    );
  }
  if (state === 'error') {
    return (
      <Callout tone="error">
        <strong>
          Not connected
          {checkedAt && <span title={exactTime(checkedAt)}>, since {clockTime(checkedAt)}</span>}
        </strong>
        <p>{message}</p>
        {again}
      </Callout>
    );
  }
  return null;
}

/** What would run: nothing of it is hidden. */
function Command({ server: { transport } }: { server: McpServer }) {
  if (transport.kind !== 'stdio') return null;
  return (
    <dl className="mcpcommand mono sm">
      <dt>Command</dt>
      <dd>{transport.command}</dd>
      {transport.args.length > 0 && <dt>Arguments</dt>}
      {transport.args.map((argument, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an argument has no identity but its place
        <dd key={at}>{argument === '' ? '""' : argument}</dd>
      ))}
      {Object.entries(transport.env).map(([name, of]) => (
        <dd key={name}>
          {name}={'secret' in of ? `secret ${of.secret}` : of.value}
        </dd>
      ))}
    </dl>
  );
}

/** A person's own token, where everybody has one. */
export function MyToken({ server, servers }: { server: McpServer; servers: McpServers }) {
  const platform = usePlatform();
  const [token, setToken] = useState('');
  const [refused, setRefused] = useState<string>();
  const [busy, setBusy] = useState(false);
  if (server.auth.kind !== 'user') return null;
  const keep = async (next: string | undefined) => {
    setBusy(true);
    const failure = await keepMyToken(platform, servers, server.id, next);
    setBusy(false);
    setRefused(failure?.message);
    if (!failure) setToken('');
  };
  return (
    <div className="mcptoken">
      <Field
        label="Your token"
        hint={
          server.hasMyToken
            ? 'Your calls use it. Type another one to replace it.'
            : 'Calls you ask for use it. Encrypted before it is stored.'
        }
        error={refused}
      >
        {({ invalid, ...control }) => (
          <Input
            {...control}
            type="password"
            mono
            invalid={invalid}
            autoComplete="off"
            placeholder={server.hasMyToken ? 'Kept' : 'None yet'}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
        )}
      </Field>
      <Button size="sm" busy={busy} disabled={token === ''} onClick={() => void keep(token)}>
        Keep
      </Button>
      {server.hasMyToken && (
        <Button size="sm" look="ghost" onClick={() => void keep(undefined)}>
          Forget
        </Button>
      )}
    </div>
  );
}
