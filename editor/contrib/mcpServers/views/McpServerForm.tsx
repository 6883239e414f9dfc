import type { McpServer, McpServerCheck } from '@baton/gateway/api';
import { useState } from 'react';
import type { Failure } from '../../../platform/failure.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field } from '../../../ui/Field.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { NamesInput } from '../../../ui/NamesInput.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { checkDraft, deleteServer, saveServer } from '../mcpServerActions.ts';
import {
  blankEnv,
  type DraftProblems,
  draftOf,
  type EnvDraft,
  type McpServerDraft,
  problemsOf,
} from '../mcpServerDraft.ts';
import type { McpServers } from '../mcpServersStore.ts';
import { connectionLooks, transportTitles } from '../mcpServerWords.ts';
import { MyToken, Standing } from './Standing.tsx';

const authTitles = {
  none: 'None',
  header: 'A header',
  oauth: 'Sign-in (OAuth 2.1)',
  user: 'Everybody’s own token',
} as const satisfies { [K in McpServerDraft['auth']]: string };

type Change = (changes: Partial<McpServerDraft>) => void;

/** One server, whole: its fields depend on how it is reached and how it knows us. */
export function McpServerForm({
  server,
  servers,
  writable,
}: {
  /** `undefined` while one is being added. */
  server: McpServer | undefined;
  servers: McpServers;
  writable: boolean;
}) {
  const platform = usePlatform();
  // What was edited is what is saved over, whatever came since.
  const [base, setBase] = useState(server);
  const [draft, setDraft] = useState(() => draftOf(server));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState<'saving' | 'testing'>();
  const [refused, setRefused] = useState<Failure>();
  const [tested, setTested] = useState<McpServerCheck>();
  const change: Change = (changes) => {
    setDraft({ ...draft, ...changes });
    setRefused(undefined);
    setTested(undefined);
  };
  const all = problemsOf(draft, base);
  const problems = tried ? all : {};
  const stale = server && base && server.hash !== base.hash;
  const close = () => servers.select(undefined);

  async function save() {
    setTried(true);
    if (Object.keys(all).length > 0 || busy) return;
    setBusy('saving');
    const failure = await saveServer(platform, servers, base, draft);
    setBusy(undefined);
    setRefused(failure);
    if (failure) return;
    const latest = servers.getState().items?.find(({ id }) => id === base?.id);
    if (!latest) return;
    setBase(latest);
    setDraft(draftOf(latest));
    setTried(false);
  }
  async function test() {
    setTried(true);
    if (Object.keys(all).length > 0 || busy) return;
    setBusy('testing');
    setTested(undefined);
    const answer = await checkDraft(platform, base, draft);
    setBusy(undefined);
    if ('status' in answer) setTested(answer);
    else setRefused(answer);
  }
  function takeTheirs() {
    setBase(server);
    setDraft(draftOf(server));
    setRefused(undefined);
  }

  return (
    <RecordForm
      label={server ? `MCP server ${server.name}` : 'New MCP server'}
      title={server?.name ?? 'New MCP server'}
      actions={
        server && (
          <IconButton
            icon="codicon:go-to-file"
            label="Open its tools"
            onClick={() =>
              void platform.editors.open({ kind: 'mcpServer', id: server.id, name: server.name })
            }
          />
        )
      }
      remove={
        server && platform.context.get('permission:mcpServers:delete')
          ? { label: 'Delete server', run: () => deleteServer(platform, servers, server) }
          : undefined
      }
      onSubmit={() => void save()}
      onClose={close}
      foot={
        writable && (
          <>
            <Button size="sm" look="ghost" busy={busy === 'testing'} onClick={() => void test()}>
              Test
            </Button>
            <span className="grow" />
          </>
        )
      }
      submit={writable ? { label: 'Save and connect', busy: busy === 'saving' } : undefined}
    >
      {server && <Standing server={server} servers={servers} />}
      {stale && (
        <Callout tone="warning">
          {server.updatedBy} saved it meanwhile.{' '}
          <Button size="sm" onClick={takeTheirs}>
            Show what is saved
          </Button>
        </Callout>
      )}
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {tested && <Tested check={tested} />}
      {server && <MyToken server={server} servers={servers} />}
      <fieldset disabled={!writable || busy !== undefined}>
        <Text
          label="Name"
          hint="Its tools are called name.tool."
          mono
          focus={!server}
          placeholder="tracker"
          value={draft.name}
          error={problems.name}
          onChange={(name) => change({ name })}
        />
        <Text
          label="Description"
          note="optional"
          value={draft.description}
          error={problems.description}
          onChange={(description) => change({ description })}
        />
        <Field label="Reached by">
          {({ invalid, ...control }) => (
            <Select
              {...control}
              invalid={invalid}
              value={draft.transport}
              options={Object.entries(transportTitles).map(([value, title]) => ({ value, title }))}
              onChange={(event) =>
                change({ transport: event.currentTarget.value as McpServerDraft['transport'] })
              }
            />
          )}
        </Field>
        {draft.transport === 'stdio' ? (
          <ProgramFields draft={draft} problems={problems} change={change} />
        ) : (
          <>
            <Text
              label="Address"
              mono
              placeholder="https://mcp.example.com/mcp"
              value={draft.url}
              error={problems.url}
              onChange={(url) => change({ url })}
            />
            <AuthFields draft={draft} saved={base} problems={problems} change={change} />
          </>
        )}
        <Text
          label="A call may take"
          note="s"
          hint="Progress of the tool begins the time anew."
          value={draft.timeout}
          error={problems.timeout}
          onChange={(timeout) => change({ timeout })}
        />
        <Checkbox
          asSwitch
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        >
          Connect to it
        </Checkbox>
      </fieldset>
    </RecordForm>
  );
}

function ProgramFields({
  draft,
  problems,
  change,
}: {
  draft: McpServerDraft;
  problems: DraftProblems;
  change: Change;
}) {
  const replace = (at: number, next: Partial<EnvDraft>) =>
    change({ env: draft.env.map((each, index) => (index === at ? { ...each, ...next } : each)) });
  const wrong = draft.env.map((_, at) => problems[`env.${at}`]).find(Boolean);
  return (
    <>
      <Text
        label="Command"
        mono
        placeholder="npx"
        hint="Runs on the machine of Baton, once an admin approves exactly this."
        value={draft.command}
        error={problems.command}
        onChange={(command) => change({ command })}
      />
      <Field label="Arguments" note="one a line" error={problems.args}>
        {(control) => (
          <TextArea
            {...control}
            mono
            rows={3}
            spellCheck={false}
            placeholder={'-y\n@modelcontextprotocol/server-everything'}
            value={draft.args}
            onChange={(event) => change({ args: event.currentTarget.value })}
          />
        )}
      </Field>
      <div className="field">
        <span className="label">
          Environment
          <span className="opt">nothing else is given to it</span>
        </span>
        {draft.env.map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a variable has no identity but its place
          <div className="mcpenv" key={at}>
            <Input
              small
              mono
              aria-label={`Name of variable ${at + 1}`}
              placeholder="NAME"
              invalid={problems[`env.${at}`] !== undefined}
              value={each.name}
              onChange={(event) => replace(at, { name: event.currentTarget.value })}
            />
            <Select
              small
              aria-label={`Kind of ${each.name}`}
              value={each.kind}
              options={[
                { value: 'value', title: 'Value' },
                { value: 'secret', title: 'Secret' },
              ]}
              onChange={(event) => replace(at, { kind: event.currentTarget.value as EnvDraft['kind'] })}
            />
            <Input
              small
              mono
              aria-label={each.kind === 'secret' ? `Secret of ${each.name}` : `Value of ${each.name}`}
              placeholder={each.kind === 'secret' ? 'Its name' : ''}
              value={each.text}
              onChange={(event) => replace(at, { text: event.currentTarget.value })}
            />
            <IconButton
              icon="codicon:trash"
              label={`Remove ${each.name}`}
              onClick={() => change({ env: draft.env.filter((_, index) => index !== at) })}
            />
          </div>
        ))}
        {wrong && (
          <div className="err" role="alert">
            <span>{wrong}</span>
          </div>
        )}
        <Button
          size="sm"
          look="ghost"
          icon="codicon:add"
          onClick={() => change({ env: [...draft.env, blankEnv] })}
        >
          Add variable
        </Button>
      </div>
    </>
  );
}

function AuthFields({
  draft,
  saved,
  problems,
  change,
}: {
  draft: McpServerDraft;
  saved: McpServer | undefined;
  problems: DraftProblems;
  change: Change;
}) {
  const kept = saved?.auth;
  return (
    <>
      <Field label="It knows us by">
        {({ invalid, ...control }) => (
          <Select
            {...control}
            invalid={invalid}
            value={draft.auth}
            options={Object.entries(authTitles).map(([value, title]) => ({ value, title }))}
            onChange={(event) => change({ auth: event.currentTarget.value as McpServerDraft['auth'] })}
          />
        )}
      </Field>
      {(draft.auth === 'header' || draft.auth === 'user') && (
        <Text
          label="Header"
          mono
          value={draft.header}
          error={problems.header}
          hint={draft.auth === 'user' ? 'Everybody’s own token is sent in it.' : undefined}
          onChange={(header) => change({ header })}
        />
      )}
      {draft.auth === 'header' && (
        <Text
          label="Value"
          password
          placeholder={kept?.kind === 'header' && kept.hasValue ? 'Kept; type to replace it' : 'Bearer …'}
          hint="Encrypted before it is stored; nobody can read it again."
          value={draft.headerValue}
          error={problems.headerValue}
          onChange={(headerValue) => change({ headerValue })}
        />
      )}
      {draft.auth === 'oauth' && (
        <>
          <Field label="Scopes" note="optional" error={problems.scopes}>
            {({ invalid, ...control }) => (
              <NamesInput
                {...control}
                what="scope"
                mono
                invalid={invalid}
                names={draft.scopes}
                onChange={(scopes) => change({ scopes })}
              />
            )}
          </Field>
          <Text
            label="Client id"
            note="optional"
            mono
            hint="Empty: Baton registers itself with the server’s issuer."
            value={draft.clientId}
            error={problems.clientId}
            onChange={(clientId) => change({ clientId })}
          />
          {draft.clientId !== '' && (
            <Text
              label="Client secret"
              note="optional"
              password
              placeholder={kept?.kind === 'oauth' && kept.hasClientSecret ? 'Kept; type to replace it' : ''}
              value={draft.clientSecret}
              error={problems.clientSecret}
              onChange={(clientSecret) => change({ clientSecret })}
            />
          )}
        </>
      )}
    </>
  );
}

function Text(props: {
  label: string;
  note?: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  placeholder?: string;
  mono?: boolean;
  password?: boolean;
  focus?: boolean;
  onChange(value: string): void;
}) {
  const { label, note, hint, error, value, placeholder, mono, password, focus, onChange } = props;
  return (
    <Field label={label} note={note} hint={hint} error={error}>
      {({ invalid, ...control }) => (
        <Input
          {...control}
          type={password ? 'password' : 'text'}
          mono={mono ?? false}
          invalid={invalid}
          spellCheck={false}
          autoComplete="off"
          placeholder={placeholder}
          data-autofocus={focus || undefined}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** What a connection as typed would bring. */
function Tested({ check: { status, tools } }: { check: McpServerCheck }) {
  const connected = status.state === 'connected';
  const found = tools.reduce((sum, { findings }) => sum + findings.length, 0);
  return (
    <Callout tone={connected ? 'success' : status.state === 'error' ? 'error' : 'warning'}>
      <strong>
        {connected
          ? `It answers with ${tools.length === 1 ? '1 tool' : `${tools.length} tools`}`
          : connectionLooks[status.state].word}
      </strong>
      {status.message && <p>{status.message}</p>}
      {connected && status.serverInfo && (
        <p className="sm">
          {status.serverInfo.name} {status.serverInfo.version}
          {status.protocolVersion && `, protocol ${status.protocolVersion}`}
        </p>
      )}
      {found > 0 && (
        <p className="sm">
          {found === 1 ? 'One place in' : `${found} places in`} what its tools say should be looked at before
          they are accepted.
        </p>
      )}
    </Callout>
  );
}
